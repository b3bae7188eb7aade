import { createRoute, z } from "@hono/zod-openapi";
import { ArtifactRef } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, UidParam } from "../http/openapi.ts";
import { artifactRows, sendArtifact } from "../runs/send-artifact.ts";

const Artifact = ArtifactRef.extend({ name: z.string(), href: z.string() });
/** Artifacts of a run. */
export const Artifacts = z.object({ artifacts: z.array(Artifact) });

/** Responses of a route that sends an artifact's bytes. */
export const ARTIFACT_BYTES = {
  200: {
    description: "the bytes",
    content: { "*/*": { schema: z.string().openapi({ format: "binary" }) } },
  },
  304: { description: "unchanged" },
  ...problems,
};

/** Query of a route that sends an artifact's bytes. */
export const Download = z.object({
  download: z.string().optional().describe("any value: save instead of show"),
});

const list = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}/artifacts",
  tags: ["diagrams"],
  summary: "Artifacts of a diagram",
  request: { params: UidParam },
  responses: { 200: json(Artifacts, "the latest of each name"), ...problems },
});

/** Artifacts: the list, and each as a stream from the object store. */
export function artifacts(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const { uid } = c.req.valid("param");
    const rows = await artifactRows(gateway, diagramPipeline, uid, `/api/diagrams/${uid}`);
    return c.json({ artifacts: rows }, 200);
  });

  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/diagrams/{uid}/artifacts/{name}",
    tags: ["diagrams"],
    summary: "One artifact",
    request: { params: UidParam.extend({ name: z.string() }), query: Download },
    responses: ARTIFACT_BYTES,
  });

  app.get("/api/diagrams/:uid/artifacts/:name", (c) => {
    const { uid } = UidParam.parse({ uid: c.req.param("uid") });
    return sendArtifact(c, gateway, diagramPipeline, uid, c.req.param("name"));
  });
}
