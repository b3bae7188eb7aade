import type { ReadableStream } from "node:stream/web";
import { z } from "@hono/zod-openapi";
import { openObjects } from "#shared/bus";
import { findArtifact, readArtifact, thumbnailKey } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { problems, UidParam } from "../http/openapi.ts";
import { makeThumbnail } from "../thumbnail/make-thumbnail.ts";

/** `GET /api/diagrams/:uid/thumbnail`: made when first asked for, kept beside the diagram's artifacts. */
export function thumbnail(app: App, gateway: Gateway): void {
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/diagrams/{uid}/thumbnail",
    tags: ["diagrams"],
    summary: "A small picture of the sheet (WebP, 320 px)",
    request: { params: UidParam },
    responses: {
      200: {
        description: "the picture",
        content: { "image/webp": { schema: z.string().openapi({ format: "binary" }) } },
      },
      304: { description: "unchanged" },
      ...problems,
    },
  });

  app.get("/api/diagrams/:uid/thumbnail", async (c) => {
    const { uid } = UidParam.parse({ uid: c.req.param("uid") });
    const bus = await gateway.bus();
    const sheet = await findArtifact(bus, uid, "sheet.png");
    const etag = `"${sheet.digest}-320"`;
    c.header("ETag", etag);
    c.header("Cache-Control", "private, max-age=60");
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);
    const store = await openObjects(bus, "artifacts");
    const key = thumbnailKey(uid);
    const kept = await store.info(key);
    let picture =
      kept && !kept.deleted && kept.metadata?.of === sheet.digest ? await store.getBlob(key) : null;
    if (!picture) {
      picture = await makeThumbnail(
        async () => (await readArtifact(bus, sheet)) as ReadableStream<Uint8Array>,
      );
      await store.putBlob({ name: key, metadata: { of: sheet.digest } }, picture);
    }
    c.header("Content-Type", "image/webp");
    return c.body(new Uint8Array(picture));
  });
}
