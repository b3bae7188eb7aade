import type { PrintOptions } from "./print.ts";
import { whoAmI } from "./with-bus.ts";

/** Options of every verb that changes something: its audit entry says why. */
export interface ActFlags extends PrintOptions {
  reason?: string;
}

/** Who acts, and why, for the audit trail. */
export const actor = ({ reason }: ActFlags): { by: string; reason?: string } => ({
  by: whoAmI(),
  ...(reason === undefined ? {} : { reason }),
});
