import { svgArc } from "./svg-arc.ts";

/** One path command in the units of its shape; `v` holds x, y pairs, the last one the new position. */
export interface StencilCommand {
  op: "M" | "L" | "C" | "Z";
  v: number[];
}

/** A shape of an mxGraph stencil file in its own units. */
export interface Stencil {
  name: string;
  width: number;
  height: number;
  /** In the units of the shape. */
  ports: { name: string; x: number; y: number }[];
  steps: { path: StencilCommand[]; fill: "none" | "paper" | "ink"; stroke: boolean; dashed: boolean }[];
  texts: { x: number; y: number; height: number; text: string }[];
}

interface Tag {
  name: string;
  closing: boolean;
  get(attribute: string, fallback?: number): number;
  text(attribute: string): string | undefined;
}

function* tagsOf(xml: string): Generator<Tag> {
  for (const [, slash, name, rest] of xml.replace(/<!--.*?-->/gs, "").matchAll(/<(\/?)([\w-]+)([^>]*)>/g)) {
    const attributes = new Map([...(rest ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k!, v!]));
    yield {
      name: name!,
      closing: slash === "/",
      get: (a, fallback = 0) => Number(attributes.get(a) ?? fallback),
      text: (a) =>
        attributes
          .get(a)
          ?.replace(/&quot;/g, '"')
          .replace(/&lt;/g, "<")
          .replace(/&gt;/g, ">")
          .replace(/&amp;/g, "&"),
    };
  }
}

/** Reads all shapes of an mxGraph stencil file; elements that leave no ink are passed over. */
export function parseStencils(xml: string): Stencil[] {
  const out: Stencil[] = [];
  let reader: ReturnType<typeof shapeReader> | undefined;
  for (const tag of tagsOf(xml)) {
    if (tag.name === "shape" && !tag.closing) {
      reader = shapeReader(tag);
      out.push(reader.stencil);
    } else if (reader && !tag.closing) reader.read(tag);
  }
  return out;
}

function shapeReader(head: Tag): { stencil: Stencil; read: (tag: Tag) => void } {
  const stencil: Stencil = {
    name: head.text("name") ?? "",
    width: head.get("w", 100),
    height: head.get("h", 100),
    ports: [],
    steps: [],
    texts: [],
  };
  let path: StencilCommand[] = [];
  let state = { fills: true, fill: "paper" as "paper" | "ink", dashed: false, font: 12 };
  const saved: (typeof state)[] = [];
  const put = (stroke: boolean, filled: boolean) => {
    if (path.length)
      stencil.steps.push({
        path,
        fill: filled && state.fills ? state.fill : "none",
        stroke,
        dashed: state.dashed,
      });
    path = [];
  };
  const here = (): [number, number] => {
    const v = path[path.length - 1]?.v ?? [0, 0];
    return [v[v.length - 2] ?? 0, v[v.length - 1] ?? 0];
  };
  const read = (tag: Tag): void => {
    const [x, y, w, h] = [tag.get("x"), tag.get("y"), tag.get("w"), tag.get("h")];
    switch (tag.name) {
      case "constraint":
        stencil.ports.push({ name: tag.text("name") ?? "", x: x * stencil.width, y: y * stencil.height });
        break;
      case "path":
        path = [];
        break;
      case "move":
        path.push({ op: "M", v: [x, y] });
        break;
      case "line":
        path.push({ op: "L", v: [x, y] });
        break;
      case "curve":
        path.push({
          op: "C",
          v: [tag.get("x1"), tag.get("y1"), tag.get("x2"), tag.get("y2"), tag.get("x3"), tag.get("y3")],
        });
        break;
      case "quad": {
        const [[a, b], [qx, qy], [ex, ey]] = [
          here(),
          [tag.get("x1"), tag.get("y1")],
          [tag.get("x2"), tag.get("y2")],
        ] as const;
        path.push({
          op: "C",
          v: [
            a + (2 / 3) * (qx - a),
            b + (2 / 3) * (qy - b),
            ex + (2 / 3) * (qx - ex),
            ey + (2 / 3) * (qy - ey),
            ex,
            ey,
          ],
        });
        break;
      }
      case "arc":
        for (const v of svgArc(
          here(),
          [tag.get("rx"), tag.get("ry")],
          tag.get("x-axis-rotation"),
          tag.get("large-arc-flag") === 1,
          tag.get("sweep-flag") === 1,
          [x, y],
        ))
          path.push({ op: "C", v });
        break;
      case "close":
        path.push({ op: "Z", v: path.findLast((c) => c.op === "M")?.v ?? [0, 0] });
        break;
      case "rect":
      case "roundrect":
        if (w && h)
          path = [
            { op: "M", v: [x, y] },
            { op: "L", v: [x + w, y] },
            { op: "L", v: [x + w, y + h] },
            { op: "L", v: [x, y + h] },
            { op: "Z", v: [x, y] },
          ];
        break;
      case "ellipse": {
        const arcs = (a: number, b: number) =>
          svgArc([a, y + h / 2], [w / 2, h / 2], 0, false, true, [b, y + h / 2]);
        const round = [...arcs(x, x + w), ...arcs(x + w, x)];
        path = [
          { op: "M", v: [x, y + h / 2] },
          ...round.map((v): StencilCommand => ({ op: "C", v })),
          { op: "Z", v: [x, y + h / 2] },
        ];
        break;
      }
      case "fillstroke":
        put(true, true);
        break;
      case "stroke":
        put(true, false);
        break;
      case "fill":
        put(false, true);
        break;
      case "fillcolor": {
        const colour = tag.text("color") ?? "";
        state = {
          ...state,
          fills: colour !== "none",
          fill: /^(#0{3,6}|black|strokeColor|stroke)$/i.test(colour) ? "ink" : "paper",
        };
        break;
      }
      case "dashed":
        state = { ...state, dashed: tag.get("dashed") === 1 };
        break;
      case "fontsize":
        state = { ...state, font: tag.get("size", 12) };
        break;
      case "text":
        stencil.texts.push({ x, y, height: state.font * 0.7, text: tag.text("str") ?? "" });
        break;
      case "save":
        saved.push(state);
        break;
      case "restore":
        state = saved.pop() ?? state;
        break;
    }
  };
  return { stencil, read };
}
