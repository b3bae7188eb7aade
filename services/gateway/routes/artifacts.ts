import { createRoute, z } from "@hono/zod-openapi";
import { ArtifactRef } from "#shared/messages";
import { findArtifact, listArtifacts, readArtifact } from "#shared/operate";
import { DIAGRAM_ARTIFACTS } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, UidParam } from "../http/openapi.ts";

const Artifact = ArtifactRef.extend({ name: z.string(), href: z.string() });

const list = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}/artifacts",
  tags: ["diagrams"],
  summary: "Artifacts of a diagram",
  request: { params: UidParam },
  responses: {
    200: json(z.object({ artifacts: z.array(Artifact) }), "the latest of each name"),
    ...problems,
  },
});

/** What people uploaded or what was made of it runs no script and loads nothing, even opened on its own. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'";

/** Artifacts: the list, and each as a stream from the object store. */
export function artifacts(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const { uid } = c.req.valid("param");
    const found = await listArtifacts(await gateway.bus(), uid);
    const rows = Object.entries(found).map(([name, ref]) => ({
      ...ref,
      name,
      href: `/api/diagrams/${uid}/artifacts/${name}`,
    }));
    return c.json({ artifacts: rows }, 200);
  });

  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/diagrams/{uid}/artifacts/{name}",
    tags: ["diagrams"],
    summary: "One artifact",
    request: {
      params: UidParam.extend({ name: z.string() }),
      query: z.object({ download: z.string().optional().describe("any value: save instead of show") }),
    },
    responses: {
      200: {
        description: "the bytes",
        content: { "*/*": { schema: z.string().openapi({ format: "binary" }) } },
      },
      304: { description: "unchanged" },
      ...problems,
    },
  });

  app.get("/api/diagrams/:uid/artifacts/:name", async (c) => {
    const { uid } = UidParam.parse({ uid: c.req.param("uid") });
    const name = c.req.param("name");
    const bus = await gateway.bus();
    const ref = await findArtifact(bus, uid, name);
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
  });
}
