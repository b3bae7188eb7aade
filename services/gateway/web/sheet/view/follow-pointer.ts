import { type PointerTool, type SheetPointer, toSheet, type View } from "./view.ts";

/** What the pointer does when no tool wants it. */
export interface Moves {
  view(): View;
  /** By CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Around a place in CSS pixels from the viewer's corner. */
  zoom(factor: number, x: number, y: number): void;
  redraw(): void;
}

/**
 * Gives the pointer over a sheet to a tool. Without one the canvas lets everything through to the viewer below; with one,
 * what the tool does not take moves the sheet, as do the middle button and the wheel.
 */
export function followPointer(
  below: HTMLElement,
  canvas: HTMLCanvasElement,
  moves: Moves,
): { setTool(tool: PointerTool | null): void; close(): void } {
  let tool: PointerTool | null = null;
  let dragging: "tool" | "sheet" | null = null;
  let last = { x: 0, y: 0 };

  const place = (event: PointerEvent | WheelEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pointerOf = (event: PointerEvent): SheetPointer => {
    const { x, y } = place(event);
    return {
      at: toSheet(moves.view(), x, y),
      shift: event.shiftKey,
      alt: event.altKey,
      mod: event.ctrlKey || event.metaKey,
      clicks: event.detail,
    };
  };
  const look = () => {
    canvas.style.cursor = dragging === "sheet" ? "grabbing" : (tool?.cursor(moves.view()) ?? "");
  };
  const down = (event: PointerEvent) => {
    if (!tool || dragging || (event.button !== 0 && event.button !== 1)) return;
    canvas.setPointerCapture(event.pointerId);
    canvas.parentElement?.focus({ preventScroll: true });
    event.preventDefault();
    last = place(event);
    dragging = event.button === 0 && tool.down(pointerOf(event), moves.view()) ? "tool" : "sheet";
    look();
    moves.redraw();
  };
  const move = (event: PointerEvent) => {
    if (!tool) return;
    if (dragging === "sheet") {
      const now = place(event);
      moves.pan(last.x - now.x, last.y - now.y);
      last = now;
    } else {
      // All the places between two frames: a quick stroke has no corners.
      const all = dragging === "tool" ? (event.getCoalescedEvents?.() ?? []) : [];
      for (const each of all.length > 0 ? all : [event])
        tool.move(pointerOf(each), moves.view(), dragging === "tool");
      moves.redraw();
    }
    look();
  };
  const up = (event: PointerEvent) => {
    if (!tool || !dragging) return;
    if (dragging === "tool") tool.up(pointerOf(event), moves.view());
    dragging = null;
    look();
    moves.redraw();
  };
  const wheel = (event: WheelEvent) => {
    if (!tool) return;
    event.preventDefault();
    const { x, y } = place(event);
    moves.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY)) / 320), x, y);
  };
  const menu = (event: Event) => event.preventDefault();
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", wheel, { passive: false });
  canvas.addEventListener("auxclick", menu);
  return {
    setTool(next) {
      tool = next;
      dragging = null;
      canvas.style.pointerEvents = tool ? "auto" : "none";
      canvas.style.touchAction = tool ? "none" : "";
      below.style.touchAction = "none";
      look();
    },
    close() {
      tool = null;
    },
  };
}
