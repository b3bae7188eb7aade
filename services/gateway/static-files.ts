import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { App } from "./context.ts";

const FOLDER = new URL("./ui/", import.meta.url);

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const PAGES: Record<string, string> = { "/": "index.html", "/api/docs": "docs.html" };

/** Every file of the pages. Found once, so that no request's path is ever looked up on disk. */
const files = readdirSync(FOLDER).filter((file) => /\.(js|css|svg)$/.test(file));

/** Serves the status page and the page of the API's description. */
export function staticFiles(app: App): void {
  const paths = { ...PAGES, ...Object.fromEntries(files.map((file) => [`/ui/${file}`, file])) };
  for (const [path, file] of Object.entries(paths)) {
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
