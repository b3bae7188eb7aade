import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of the all-in-one: NATS' store, the history, logs, the demo. */
export const DATA_FOLDER = ".penstock";

/** What a running `penstock up` leaves in its data folder, so that other verbs find it without being told. */
export interface RunningUp {
  pid: number;
  natsUrl: string;
  gatewayUrl: string;
}

const fileOf = (folder: string) => join(folder, "up.json");

/** Writes down where the all-in-one can be reached. */
export function announceUp(folder: string, up: RunningUp): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder), JSON.stringify(up));
}

/** Takes the note away again. */
export function forgetUp(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}

/** The all-in-one that runs from a data folder, if one does. */
export function findUp(folder = DATA_FOLDER): RunningUp | undefined {
  try {
    const up = JSON.parse(readFileSync(fileOf(resolve(folder)), "utf8")) as RunningUp;
    // Signal 0 only asks whether the process is there.
    process.kill(up.pid, 0);
    return up;
  } catch {
    return undefined;
  }
}
