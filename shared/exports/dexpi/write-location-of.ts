import type { Document } from "./document.ts";

/** Says which sensing and actuating functions are located at an item. */
export function writeLocationOf({ xml, plan }: Document, nodeId: string): void {
  for (const ItemID of plan.locatedAt.get(nodeId) ?? [])
    xml.leaf("Association", { Type: "is the location of", ItemID });
}
