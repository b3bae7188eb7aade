import OpenSeadragon from "openseadragon";
import type { Box } from "../edit/geometry.ts";
import { followPointer } from "./follow-pointer.ts";
import { tileUrl } from "./tile-url.ts";
import type { LayerInfo, TilesInfo } from "./tiles-info.ts";
import type { Painter, PointerTool, View } from "./view.ts";

/** A deep-zoom view of one sheet: pictures as tiles below, a canvas for everything that is drawn above. */
export interface SheetView {
  /** Shows a layer with that opacity, fetched when it is first seen; 0 hides it. */
  setLayer(name: string, opacity: number): void;
  /** Draws over the sheet, in this order, whenever it moves. */
  setPainters(painters: readonly Painter[]): void;
  /** Gives the pointer to a tool; null lets it move the sheet. */
  setTool(tool: PointerTool | null): void;
  /** Takes new pictures of the same sheet. */
  setTiles(info: TilesInfo): void;
  redraw(): void;
  zoomBy(factor: number): void;
  panBy(rightPx: number, downPx: number): void;
  fit(): void;
  /** Brings a place into sight, with room around it. */
  show(box: Box): void;
  view(): View;
  close(): void;
}

const ROOM = 6;

/**
 * The library puts a style element into the page unless it finds its own there. Our content security policy allows none,
 * and what it says of phones' outlines is not wanted; an element of that name outside HTML is found and means nothing.
 */
function keepStyleOut(): void {
  if (document.querySelector("style[data-openseadragon-mobile-css]")) return;
  const mark = document.createElementNS("urn:penstock:nothing", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.append(mark);
}

/** Opens a view in an element of the page. */
export function openSheetView(host: HTMLElement, uid: string, first: TilesInfo): SheetView {
  let info = first;
  keepStyleOut();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const osd = OpenSeadragon({
    element: host,
    drawer: "canvas",
    showNavigationControl: false,
    showNavigator: false,
    tabIndex: -1,
    animationTime: calm ? 0 : 0.35,
    springStiffness: 9,
    visibilityRatio: 0.25,
    minZoomImageRatio: 0.6,
    maxZoomPixelRatio: 12,
    zoomPerScroll: 1.25,
    imageLoaderLimit: 4,
    tileRetryMax: 2,
    tileRetryDelay: 1500,
    maxImageCacheCount: 220,
    imageSmoothingEnabled: true,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: false },
    gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true, pinchRotate: false },
  } as OpenSeadragon.Options);
  // Keys are ours: the same ones work with and without an editor.
  osd.addHandler("canvas-key", (event) => {
    event.preventDefaultAction = true;
  });

  const canvas = document.createElement("canvas");
  canvas.className = "sheet-overlay";
  host.append(canvas);
  let painters: readonly Painter[] = [];
  let frame = 0;
  const opacities = new Map<string, number>();
  const items = new Map<string, { digest: string; item?: OpenSeadragon.TiledImage }>();

  const view = (): View => {
    const bounds = osd.viewport.getBoundsNoRotate(true);
    const width = host.clientWidth;
    const scale = width / (bounds.width * info.widthPx);
    const x0 = bounds.x * info.widthPx;
    const y0 = bounds.y * info.widthPx;
    const area = { x0, y0, x1: x0 + width / scale, y1: y0 + host.clientHeight / scale };
    return { scale, area, width, height: host.clientHeight };
  };
  const draw = () => {
    frame = 0;
    const now = view();
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(now.width * ratio), Math.round(now.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext("2d");
    if (!context || !Number.isFinite(now.scale)) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    const unit = now.scale * ratio;
    for (const paint of painters) {
      context.save();
      context.setTransform(unit, 0, 0, unit, -now.area.x0 * unit, -now.area.y0 * unit);
      paint(context, now);
      context.restore();
    }
  };
  const redraw = () => {
    frame ||= requestAnimationFrame(draw);
  };
  // Together with the tiles, so that nothing swims above the sheet.
  osd.addHandler("update-viewport", () => {
    cancelAnimationFrame(frame);
    draw();
  });
  osd.addHandler("resize", redraw);

  const layerOf = (name: string): LayerInfo | undefined => info.layers.find((each) => each.name === name);
  const add = (layer: LayerInfo) => {
    const entry: { digest: string; item?: OpenSeadragon.TiledImage } = { digest: layer.digest };
    items.set(layer.name, entry);
    const below = info.layers
      .slice(0, info.layers.indexOf(layer))
      .filter((each) => items.get(each.name)?.item);
    osd.addTiledImage({
      tileSource: {
        width: info.widthPx,
        height: info.heightPx,
        tileSize: info.tilePx,
        minLevel: info.minLevel,
        maxLevel: info.maxLevel,
        getTileUrl: (level: number, x: number, y: number) => tileUrl(uid, layer, level, x, y),
      },
      index: below.length,
      opacity: opacities.get(layer.name) ?? 0,
      success: (event: unknown) => {
        const { item } = event as { item: OpenSeadragon.TiledImage };
        if (items.get(layer.name) !== entry) return osd.world.removeItem(item);
        entry.item = item;
        item.setOpacity(opacities.get(layer.name) ?? 0);
      },
    } as never);
  };
  const drop = (name: string) => {
    const entry = items.get(name);
    items.delete(name);
    if (entry?.item) osd.world.removeItem(entry.item);
  };
  const setLayer = (name: string, opacity: number) => {
    opacities.set(name, opacity);
    const layer = layerOf(name);
    const known = items.get(name);
    if (known?.item) known.item.setOpacity(opacity);
    else if (!known && layer && opacity > 0) add(layer);
  };

  const pointer = followPointer(osd.canvas as HTMLElement, canvas, {
    view,
    pan: (dx, dy) => {
      osd.viewport.panBy(osd.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(dx, dy), true), true);
      osd.viewport.applyConstraints(true);
    },
    zoom: (factor, x, y) => {
      const at = osd.viewport.pointFromPixel(new OpenSeadragon.Point(x, y), true);
      osd.viewport.zoomBy(factor, at);
      osd.viewport.applyConstraints();
    },
    redraw,
  });
  setLayer("sheet", 1);

  return {
    setLayer,
    setPainters(next) {
      painters = next;
      redraw();
    },
    setTool: pointer.setTool,
    setTiles(next) {
      const before = info;
      info = next;
      for (const old of before.layers) if (layerOf(old.name)?.digest !== old.digest) drop(old.name);
      for (const [name, opacity] of opacities) setLayer(name, opacity);
    },
    redraw,
    zoomBy(factor) {
      osd.viewport.zoomBy(factor);
      osd.viewport.applyConstraints();
    },
    panBy(rightPx, downPx) {
      osd.viewport.panBy(osd.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(rightPx, downPx)));
      osd.viewport.applyConstraints();
    },
    fit: () => osd.viewport.goHome(),
    show([x, y, w, h]) {
      const side = Math.max(w, h, 24) * ROOM;
      const { widthPx } = info;
      const area = new OpenSeadragon.Rect(
        (x + w / 2 - side / 2) / widthPx,
        (y + h / 2 - side / 2) / widthPx,
        side / widthPx,
        side / widthPx,
      );
      osd.viewport.fitBounds(area);
    },
    view,
    close() {
      cancelAnimationFrame(frame);
      pointer.close();
      osd.destroy();
      canvas.remove();
    },
  };
}
