import type { ReadableStream } from "node:stream/web";
import { createRoute, z } from "@hono/zod-openapi";
import { readArtifact } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { json, problems, UidParam } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";
import { BLANK_MASK, BLANK_PAPER } from "../tiles/blank-tile.ts";
import { layerFinder } from "../tiles/find-layers.ts";
import { LAYERS } from "../tiles/layers.ts";
import { levelsOf, TILE_PX } from "../tiles/pyramid.ts";
import { createTileCache } from "../tiles/tile-cache.ts";

/** What there is to zoom into. */
export const TilesAnswer = z.object({
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  tilePx: z.number().int(),
  /** The highest level is the sheet's own size, each below has half the sides. */
  minLevel: z.number().int(),
  maxLevel: z.number().int(),
  layers: z.array(
    z.object({
      name: z.string(),
      artifact: z.string(),
      /** Changes with the picture; send it as `v` so that browsers keep the tiles. */
      digest: z.string(),
      /** `#rrggbb` of a mask. */
      colour: z.string().nullable(),
    }),
  ),
});

const list = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}/tiles",
  tags: ["diagrams"],
  summary: "Size, levels and layers of a diagram's deep-zoom tiles",
  request: { params: UidParam },
  responses: { 200: json(TilesAnswer, "what there is now"), ...problems },
});

const TileParam = UidParam.extend({
  layer: z.string().max(40),
  level: z.string().regex(/^\d{1,2}$/),
  tile: z.string().regex(/^\d{1,4}_\d{1,4}\.png$/, "must be <column>_<row>.png"),
});

/** Tiles of the sheet and of what was made of it, cut when first asked for. */
export function tiles(app: App, gateway: Gateway): void {
  const cache = createTileCache({
    maxBytes: gateway.tiles.maxBytes,
    ...(gateway.tiles.folder === undefined ? {} : { folder: gateway.tiles.folder }),
  });
  const layersOf = layerFinder();

  app.openapi(list, async (c) => {
    const { uid } = c.req.valid("param");
    const { widthPx, heightPx, refs } = await layersOf(await gateway.bus(), uid, true);
    const levels = levelsOf(widthPx, heightPx).map((each) => each.level);
    c.header("Cache-Control", "no-store");
    return c.json(
      {
        widthPx,
        heightPx,
        tilePx: TILE_PX,
        minLevel: Math.min(...levels),
        maxLevel: Math.max(...levels),
        layers: [...refs].map(([name, ref]) => ({
          name,
          artifact: LAYERS[name]?.artifact ?? name,
          digest: ref.digest,
          colour: LAYERS[name]?.colour ? `#${LAYERS[name]?.colour}` : null,
        })),
      },
      200,
    );
  });

  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/diagrams/{uid}/tiles/{layer}/{level}/{tile}",
    tags: ["diagrams"],
    summary: "One tile (PNG, 512 px at most), `<column>_<row>.png`",
    description:
      "The first tile of a picture waits until its level is cut. Masks are their colour on clear ground. A tile without content is one pixel, to be stretched.",
    request: {
      params: TileParam,
      query: z.object({ v: z.string().optional().describe("digest, from the list") }),
    },
    responses: {
      200: {
        description: "the tile",
        content: { "image/png": { schema: z.string().openapi({ format: "binary" }) } },
      },
      304: { description: "unchanged" },
      ...problems,
    },
  });

  app.get("/api/diagrams/:uid/tiles/:layer/:level/:tile", async (c) => {
    const { uid, layer, level, tile } = TileParam.parse(c.req.param());
    const bus = await gateway.bus();
    const { refs } = await layersOf(bus, uid);
    const ref = refs.get(layer);
    if (!ref)
      throw new HttpProblem(
        404,
        "LAYER_NOT_FOUND",
        `diagram "${uid}" has no layer "${layer}"; it has ${[...refs.keys()].join(", ")}`,
      );
    const kind = LAYERS[layer]?.colour ?? "sheet";
    const etag = `"${ref.digest}-${kind}-${level}-${tile}"`;
    c.header("ETag", etag);
    // A tile of a named picture never changes.
    c.header(
      "Cache-Control",
      c.req.query("v") === ref.digest ? "private, max-age=604800, immutable" : "private, no-cache",
    );
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);
    const [column = 0, row = 0] = tile.replace(".png", "").split("_").map(Number);
    const open = async () => (await readArtifact(bus, ref)) as ReadableStream<Uint8Array>;
    const bytes = await cache.tile({ digest: ref.digest, kind, open }, Number(level), column, row);
    if (bytes === undefined)
      throw new HttpProblem(
        404,
        "TILE_NOT_FOUND",
        `layer ${layer} of diagram "${uid}" has no tile ${level}/${tile}`,
      );
    c.header("Content-Type", "image/png");
    return c.body(new Uint8Array(bytes ?? (kind === "sheet" ? BLANK_PAPER : BLANK_MASK)));
  });
}
