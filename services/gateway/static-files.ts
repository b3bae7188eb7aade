import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Context } from "hono";
import type { App } from "./context.ts";
import { HttpProblem } from "./http/problem.ts";

/** Beside this file in the built code; the built code's when this runs from the source. */
const FOLDERS = ["./site/", "../../dist/services/gateway/site/"];

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  woff2: "font/woff2",
};

/** Files under this are named by their content: a browser may keep them. */
const KEPT = "/ui/";
/** Below this size packing costs more than it saves, in bytes. */
const PACKED_FROM = 1_000;

interface Loaded {
  bytes: Buffer;
  packed: Buffer | undefined;
  etag: string;
}

/**
 * Serves the web pages: every built file at its path, the API's page, and the pages' entry at every path that is no
 * file and not the API's. Files are found once, so that no request's path is ever looked up on disk.
 */
export function staticFiles(app: Pick<App, "get">, folder = builtPages()): void {
  const files = folder === undefined ? [] : filesIn(folder);
  const loaded = new Map<string, Loaded>();

  const send = (c: Context, file: string) => {
    if (!files.includes(file))
      throw new HttpProblem(503, "PAGES_NOT_BUILT", "the web pages are not built: npm run build makes them");
    const content = loaded.get(file) ?? load(join(folder ?? "", file));
    loaded.set(file, content);
    c.header("ETag", content.etag);
    c.header("Vary", "Accept-Encoding");
    const kept = `/${file}`.startsWith(KEPT);
    c.header("Cache-Control", kept ? "public, max-age=31536000, immutable" : "no-cache");
    if (c.req.header("if-none-match") === content.etag) return c.body(null, 304);
    c.header("Content-Type", TYPES[file.split(".").pop() ?? ""] ?? "application/octet-stream");
    const packed = content.packed && /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
    if (packed) c.header("Content-Encoding", "gzip");
    return c.body(new Uint8Array((packed && content.packed) || content.bytes));
  };

  for (const file of files.filter((each) => !each.endsWith(".html")))
    app.get(`/${file}`, (c) => send(c, file));
  app.get("/api/docs", (c) => send(c, "docs.html"));
  app.get("/", (c) => send(c, "index.html"));
  // The pages' own addresses: /tasks, /diagrams/x …
  app.get("*", (c, next) => {
    const page = !/^\/(api|ui)\//.test(c.req.path) && c.req.header("accept")?.includes("text/html");
    return page ? send(c, "index.html") : next();
  });
}

function builtPages(): string | undefined {
  return FOLDERS.map((each) => fileURLToPath(new URL(each, import.meta.url))).find((each) =>
    existsSync(each),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function load(path: string): Loaded {
  const bytes = readFileSync(path);
  return {
    bytes,
    packed: bytes.length >= PACKED_FROM ? gzipSync(bytes) : undefined,
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
  };
}
