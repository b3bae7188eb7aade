import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { collectErrors, type ErrorSite } from "./collect-errors.ts";
import { code, plain, table } from "./markdown.ts";

/** Folders whose errors people may see. */
const SOURCES = ["shared", "services", "cli"];

/** One row per code: kinds, sentences, and the folders it comes from. */
export async function errorTable(root: string): Promise<string> {
  const sites: ErrorSite[] = [];
  for (const top of SOURCES)
    for (const entry of await readdir(join(root, top), { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, "");
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      sites.push(...collectErrors(file, await readFile(join(root, file), "utf8")));
    }
  const codes = [...new Set(sites.map((site) => site.code))].sort();
  return table(
    ["code", "kind", "sentence", "from"],
    codes.map((name) => {
      const own = sites.filter((site) => site.code === name);
      const told = unique(own.map((site) => site.sentence)).filter((sentence) => sentence !== "…");
      return [
        code(name),
        unique(own.map((site) => site.kind)).join("; "),
        told.length > 0 ? told.map(plain).join("<br>") : "_says what exactly is wrong_",
        unique(own.map((site) => unit(site.file)))
          .map((folder) => `[${folder}](../${folder})`)
          .join(", "),
      ];
    }),
  );
}

const unique = (list: string[]): string[] => [...new Set(list)].sort();
const unit = (file: string): string =>
  file.startsWith("cli/") ? "cli" : dirname(file).split("/").slice(0, 2).join("/");
