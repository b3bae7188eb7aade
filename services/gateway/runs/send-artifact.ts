import type { Context } from "hono";
import { findArtifact, listArtifacts, readArtifact } from "#shared/operate";
import { DIAGRAM_ARTIFACTS, type Pipeline } from "#shared/pipeline";
import type { Env, Gateway } from "../context.ts";

/** What people uploaded or what was made of it runs no script and loads nothing, even opened on its own. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'";

/** The latest artifact of each name, with the address of its bytes below the run's own. */
export async function artifactRows(gateway: Gateway, pipeline: Pipeline, uid: string, self: string) {
  const found = await listArtifacts(await gateway.bus(), uid, pipeline);
  return Object.entries(found).map(([name, ref]) => ({ ...ref, name, href: `${self}/artifacts/${name}` }));
}

/** One artifact as a stream from the object store, with its digest as tag. */
export async function sendArtifact(
  c: Context<Env>,
  gateway: Gateway,
  pipeline: Pipeline,
  uid: string,
  name: string,
): Promise<Response> {
  const bus = await gateway.bus();
  const ref = await findArtifact(bus, uid, name, pipeline);
  const etag = `"${ref.digest}"`;
  c.header("ETag", etag);
  c.header("Cache-Control", "private, no-cache");
  c.header("Content-Security-Policy", SANDBOX);
  if (c.req.header("if-none-match") === etag) return c.body(null, 304);
  const way = c.req.query("download") === undefined ? "inline" : "attachment";
  // Both are checked: a uid and a contract name are plain ASCII.
  c.header("Content-Disposition", `${way}; filename="${uid}-${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`);
  c.header("Content-Type", DIAGRAM_ARTIFACTS[name] ?? "application/octet-stream");
  c.header("Content-Length", String(ref.size));
  if (c.req.method === "HEAD") return c.body(null, 200);
  return c.body(await readArtifact(bus, ref), 200);
}
