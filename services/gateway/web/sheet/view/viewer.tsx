import { useEffect, useRef } from "preact/hooks";
import { Icons } from "./icons.tsx";
import { openSheetView, type SheetView } from "./sheet-view.ts";
import type { TilesInfo } from "./tiles-info.ts";
import type { Painter, PointerTool } from "./view.ts";

export interface ViewerProps {
  uid: string;
  tiles: TilesInfo;
  /** Opacity of each layer that is on. */
  layers: ReadonlyMap<string, number>;
  painters: readonly Painter[];
  tool?: PointerTool | null;
  label: string;
  onReady?: (view: SheetView | null) => void;
  children?: preact.ComponentChildren;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-80, 0],
  ArrowRight: [80, 0],
  ArrowUp: [0, -80],
  ArrowDown: [0, 80],
};

/** A sheet to zoom into: wheel, pinch, + and -, arrows, 0 for the whole. */
export function Viewer(props: ViewerProps) {
  const { uid, tiles, layers, painters, tool = null, label, onReady } = props;
  const host = useRef<HTMLDivElement>(null);
  const opened = useRef<SheetView | null>(null);
  const size = `${uid} ${tiles.widthPx} ${tiles.heightPx}`;
  useEffect(() => {
    if (!host.current) return;
    const view = openSheetView(host.current, uid, tiles);
    opened.current = view;
    onReady?.(view);
    return () => {
      opened.current = null;
      onReady?.(null);
      view.close();
    };
  }, [size]);
  useEffect(() => opened.current?.setTiles(tiles), [tiles]);
  useEffect(() => {
    for (const { name } of tiles.layers) opened.current?.setLayer(name, layers.get(name) ?? 0);
  }, [tiles, layers, size]);
  useEffect(() => opened.current?.setPainters(painters), [painters, size]);
  useEffect(() => opened.current?.setTool(tool), [tool, size]);

  const press = (event: KeyboardEvent) => {
    const view = opened.current;
    if (!view || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) view.panBy(...arrow);
    else if (event.key === "+" || event.key === "=") view.zoomBy(1.5);
    else if (event.key === "-") view.zoomBy(1 / 1.5);
    else if (event.key === "0") view.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="sheet-frame">
      <div
        ref={host}
        class="sheet-view"
        tabIndex={0}
        role="application"
        aria-label={label}
        onKeyDown={press}
      />
      <div class="sheet-zoom">
        <button
          type="button"
          class="button small"
          aria-label="zoom in"
          title="zoom in (+)"
          onClick={() => opened.current?.zoomBy(1.6)}
        >
          <Icons name="plus" />
        </button>
        <button
          type="button"
          class="button small"
          aria-label="zoom out"
          title="zoom out (-)"
          onClick={() => opened.current?.zoomBy(1 / 1.6)}
        >
          <Icons name="minus" />
        </button>
        <button
          type="button"
          class="button small"
          aria-label="whole sheet"
          title="whole sheet (0)"
          onClick={() => opened.current?.fit()}
        >
          <Icons name="fit" />
        </button>
      </div>
      {props.children}
    </div>
  );
}
