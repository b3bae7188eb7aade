import { readFileSync } from "node:fs";

/** Penstock's version, from the nearest package.json above this file that has one. */
export function packageVersion(): string {
  for (const up of ["../../package.json", "../../../package.json"]) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8"));
      if (typeof version === "string") return version;
    } catch {
      // dist/ has a package.json without a version, or none.
    }
  }
  return "0.0.0";
}
