import type { ReadableStream } from "node:stream/web";
import { z } from "@hono/zod-openapi";
import { type Bus, openObjects } from "#shared/bus";
import { PoisonError } from "#shared/errors";
import type { ArtifactRef } from "#shared/messages";
import { listArtifacts, readArtifact, thumbnailKey } from "#shared/operate";
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
      202: { description: "being made: one clear pixel, ask again" },
      204: { description: "there is no sheet: not yet, or it never was a drawing" },
      304: { description: "unchanged" },
      ...problems,
    },
  });

  app.get("/api/diagrams/:uid/thumbnail", async (c) => {
    const { uid } = UidParam.parse({ uid: c.req.param("uid") });
    const bus = await gateway.bus();
    const sheet = (await artifactsOf(bus, uid))["sheet.png"];
    // Lists ask for a picture of every run; a browser reports a 404 as an error.
    if (!sheet) return c.body(null, 204);
    const etag = `"${sheet.digest}-320"`;
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);
    const picture = await soon(thumbnailOf(bus, uid, sheet));
    if (!picture) {
      // A browser opens six connections at most: none of them waits long for a picture.
      c.header("Cache-Control", "no-store");
      c.header("Content-Type", "image/gif");
      return c.body(new Uint8Array(PIXEL), 202);
    }
    c.header("ETag", etag);
    c.header("Cache-Control", "private, max-age=60");
    c.header("Content-Type", "image/webp");
    return c.body(new Uint8Array(picture));
  });
}

/** What a diagram has; nothing where its newest message cannot be read. */
async function artifactsOf(bus: Bus, uid: string): Promise<Record<string, ArtifactRef>> {
  try {
    return await listArtifacts(bus, uid);
  } catch (error) {
    if (error instanceof PoisonError) return {};
    throw error;
  }
}

/** One clear pixel: the picture is not ready, ask again. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const PATIENCE_MS = 400;

/** Pictures being made, by digest of their sheet: asked for again and again, each is made once. */
const making = new Map<string, Promise<Uint8Array>>();

function thumbnailOf(bus: Bus, uid: string, sheet: ArtifactRef): Promise<Uint8Array> {
  const known = making.get(sheet.digest);
  if (known) return known;
  const made = keptOrMade(bus, uid, sheet).finally(() => making.delete(sheet.digest));
  making.set(sheet.digest, made);
  // Whoever waits hears of a failure; when nobody does any more, the next one asks anew.
  made.catch(() => undefined);
  return made;
}

async function keptOrMade(bus: Bus, uid: string, sheet: ArtifactRef): Promise<Uint8Array> {
  const store = await openObjects(bus, "artifacts");
  const key = thumbnailKey(uid);
  const kept = await store.info(key);
  const picture =
    kept && !kept.deleted && kept.metadata?.of === sheet.digest ? await store.getBlob(key) : null;
  if (picture) return picture;
  const made = await makeThumbnail(
    async () => (await readArtifact(bus, sheet)) as ReadableStream<Uint8Array>,
  );
  await store.putBlob({ name: key, metadata: { of: sheet.digest } }, made);
  return made;
}

/** A result when it comes soon, else undefined. */
async function soon<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
