import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** One import of a file: what it says, and the file of ours it means (none for packages). */
export interface Import {
  specifier: string;
  /** Path from the root, when it is a file of this repository. */
  target: string | undefined;
  /** Gone after compiling. */
  typeOnly: boolean;
  /** `import("…")`: loaded when the line runs, not when the file does. */
  dynamic: boolean;
}

const STATIC = /^(import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** Every TypeScript file under the folders, as paths from the root. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourceFiles(root, [path]);
      return path.endsWith(".ts") ? [path] : [];
    }),
  );
}

export const isTest = (path: string): boolean => /\.test\.ts$|\/test-support\/|^test\//.test(path);

/** Imports of a file as written; our formatter puts each at the start of a line. */
export function importsOf(root: string, path: string): Import[] {
  const text = readFileSync(join(root, path), "utf8");
  const found = [...text.matchAll(STATIC)].map(([, , type, specifier = ""]) => ({
    specifier,
    target: resolve(root, path, specifier),
    typeOnly: type !== undefined,
    dynamic: false,
  }));
  const lazy = [...text.matchAll(DYNAMIC)].map(([, specifier = ""]) => ({
    specifier,
    target: resolve(root, path, specifier),
    typeOnly: false,
    dynamic: true,
  }));
  return [...found, ...lazy];
}

/** `package.json`'s imports map and relative paths; packages and Node's own modules are no files of ours. */
function resolve(root: string, from: string, specifier: string): string | undefined {
  const mapped = /^#(shared|services)\/([^/]+)$/.exec(specifier);
  if (mapped) return `${mapped[1]}/${mapped[2]}/index.ts`;
  const support = /^#test\/(.+)$/.exec(specifier);
  if (support) return `test/support/${support[1]}.ts`;
  if (!specifier.startsWith(".")) return undefined;
  const path = normalize(join(dirname(from), specifier));
  return existsSync(join(root, path)) ? path : undefined;
}

/** The unit a file belongs to: `shared/bus`, `services/detect`, `cli`. */
export function unitOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "shared" || top === "services" ? `${top}/${second}` : top;
}

/** Folders directly below one. */
export const foldersIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder)).filter((name) => statSync(join(root, folder, name)).isDirectory());
