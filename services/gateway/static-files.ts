import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { App } from "./context.ts";

const FOLDER = new URL("./ui/", import.meta.url);

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Every file of the page by its path. Nothing else is ever read from disk, so no request can ask for it. */
const FILES: Record<string, string> = {
  "/": "index.html",
  "/api/docs": "docs.html",
  "/ui/style.css": "style.css",
  "/ui/docs.js": "docs.js",
  "/ui/favicon.svg": "favicon.svg",
  ...Object.fromEntries(
    ["app", "api", "dom", "drop", "list", "detail", "timeline", "pipeline", "live", "format", "login"].map(
      (name) => [`/ui/${name}.js`, `${name}.js`],
    ),
  ),
};

/** Serves the status page and the page of the API's description. */
export function staticFiles(app: App): void {
  for (const [path, file] of Object.entries(FILES)) {
    let loaded: { bytes: Buffer; etag: string } | undefined;
    app.get(path, (c) => {
      loaded ??= load(file);
      c.header("ETag", loaded.etag);
      c.header("Cache-Control", "no-cache");
      if (c.req.header("if-none-match") === loaded.etag) return c.body(null, 304);
      c.header("Content-Type", TYPES[file.split(".").pop() ?? ""] ?? "application/octet-stream");
      return c.body(new Uint8Array(loaded.bytes));
    });
  }
}

function load(file: string): { bytes: Buffer; etag: string } {
  const bytes = readFileSync(new URL(file, FOLDER));
  return { bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
}
