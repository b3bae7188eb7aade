import { existsSync, readFileSync } from "node:fs";

/** The folder of this package: the nearest one above with a package.json that has a version; not that of dist/. */
export function packageFolder(): URL {
  for (let folder = new URL("./", import.meta.url); ; folder = new URL("../", folder)) {
    const isDist = /\/dist(-[^/]*)?\/$/.test(folder.pathname);
    if (!isDist && existsSync(new URL("package.json", folder))) return folder;
    if (folder.pathname === "/") throw new Error("this file lies in no package");
  }
}

/** Version of this package. */
export function packageVersion(): string {
  const text = readFileSync(new URL("package.json", packageFolder()), "utf8");
  return (JSON.parse(text) as { version?: string }).version ?? "0.0.0";
}
