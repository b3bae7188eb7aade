import type { RunDetail } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { LAYER_ARTIFACTS } from "../diagram/layers.ts";
import type { TilesInfo } from "../view/tiles-info.ts";
import { diagramPaths } from "./diagram-paths.ts";

/** What there is to zoom into, asked again when a picture of the diagram changes. */
export function useTiles(run: RunDetail | undefined): TilesInfo | undefined {
  const version = run
    ? LAYER_ARTIFACTS.map((name) => run.artifacts[name]?.digest.slice(-12) ?? "").join("")
    : "";
  const has = run?.artifacts["sheet.png"] !== undefined;
  const tiles = useQuery<TilesInfo>(
    has ? diagramPaths.tiles(run.uid) : null,
    { for: version },
    { everyMs: 0 },
  );
  return tiles.data;
}
