import { signal } from "@preact/signals";
import { paths } from "../api/paths.ts";
import { get } from "../api/request.ts";
import type { Declaration } from "../api/types.ts";

/** What the gateway declares: pipelines, gates, limits. It changes only with the gateway's version. */
export const declaration = signal<Declaration | undefined>(undefined);

/** Asks until it is known. */
export async function loadDeclaration(): Promise<void> {
  while (declaration.value === undefined) {
    try {
      declaration.value = await get<Declaration>(paths.pipeline);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}
