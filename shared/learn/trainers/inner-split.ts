import { createHash } from "node:crypto";

/** Whether a sheet of the training part is kept aside to choose and calibrate by: one in four, by its uid and the seed. */
export const keptAside = (uid: string, seed: number): boolean =>
  createHash("sha256").update(`aside ${seed} ${uid}`).digest()[0]! % 4 === 0;
