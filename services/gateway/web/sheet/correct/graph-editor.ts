import type { Graph, GraphEdge, GraphNode, NodeType } from "#shared/messages";
import { type Box, boxBetween, centerOf, type Point } from "../edit/geometry.ts";
import {
  addEdge,
  addNode,
  confirmNode,
  dissolve,
  insertPoint,
  moveNodes,
  movePoint,
  reconnect,
  remove,
  removePoint,
  setEdge,
  setNode,
  splitEdge,
} from "../graph/graph-commands.ts";
import { edgeAt, nodeAt, pointAt } from "../graph/graph-hits.ts";
import { paintGraph } from "../paint/paint-graph.ts";
import { SELECTED_COLOUR } from "../paint/palette.ts";
import type { SheetPointer, View } from "../view/view.ts";
import { type Editor, type EditorListener, nudge, REACH_PX } from "./editor.ts";
import { ItemEditor } from "./item-editor.ts";

export type GraphMode = "select" | "node" | "edge";

type Drag =
  | { kind: "nodes"; from: Point; before: Graph }
  | { kind: "point"; edge: string; index: number; before: Graph; moved: boolean }
  | { kind: "symbol"; from: Point; to: Point }
  | { kind: "line"; from: Point };

/** A line being drawn from node to node, with the bends clicked so far. */
interface Pending {
  source: string;
  bends: Point[];
}

/** Corrects a graph: nodes, lines, their ends, bends, kinds and directions. */
export class GraphEditor extends ItemEditor<Graph, GraphNode> implements Editor {
  mode: GraphMode = "select";
  /** What the next node is. */
  nextType: NodeType = "tee";
  nextClass = "gate_valve";
  #drag: Drag | null = null;
  #shown: Graph | null = null;
  #pending: Pending | null = null;

  constructor(graph: Graph, listen: EditorListener) {
    super({ ...graph, crossings: graph.crossings ?? [] }, listen);
  }

  get chosenNodes(): GraphNode[] {
    return this.document.nodes.filter((node) => this.selected.has(node.id));
  }
  get chosenEdges(): GraphEdge[] {
    return this.document.edges.filter((edge) => this.selected.has(edge.id));
  }
  /** Two lines end at the one selected node: it can be taken out of the line. */
  get canDissolve(): boolean {
    const [node] = this.chosenNodes;
    return (
      this.selected.size === 1 &&
      node !== undefined &&
      this.document.edges.filter((edge) => edge.source === node.id || edge.target === node.id).length === 2
    );
  }

  readonly keys = [
    ["v", "select and move"],
    ["t", "add a node; on a line it becomes a tee"],
    ["e", "draw a line from node to node, clicks between are bends"],
    ["r", "turn the direction of the selected line"],
    ["j", "take the selected node out of its line"],
    ["Enter", "it is right: on to the next"],
    ["Delete", "delete what is selected; nodes go with their lines"],
    ["double click", "on a line adds a bend, on a bend takes it away"],
    ["drag an end", "leads the line to another node"],
    ["arrows", "move selected nodes, with shift by ten"],
  ] as const;

  setMode(mode: GraphMode): void {
    this.mode = mode;
    this.#pending = null;
    this.listen("look");
  }
  setEdges(change: Partial<Pick<GraphEdge, "line" | "style" | "direction">>): void {
    const ids = this.chosenEdges.map((edge) => edge.id);
    this.commit(setEdge(this.document, ids, change), "line");
  }
  setNode(change: Partial<Pick<GraphNode, "type" | "class" | "tag">>): void {
    const [node] = this.chosenNodes;
    if (node) this.commit(setNode(this.document, node.id, change), "node", `node ${node.id}`);
  }
  confirm(): void {
    const [node] = this.chosenNodes;
    if (node?.score !== undefined) this.commit(confirmNode(this.document, node.id), "confirm");
  }
  turn(): void {
    const [edge] = this.chosenEdges;
    if (!edge) return;
    const next = { null: "forward", forward: "backward", backward: null } as const;
    this.setEdges({ direction: next[`${edge.direction}`] });
  }
  dissolve(): void {
    const [node] = this.chosenNodes;
    const done = node && dissolve(this.document, node.id);
    if (!done) return;
    this.commit(done.graph, "join");
    this.select([done.id]);
  }
  removeSelected(): void {
    const ids = [...this.selected];
    this.selected = new Set();
    this.commit(remove(this.document, ids), "delete");
  }

  press(event: KeyboardEvent): boolean {
    const step = nudge(event);
    if (step) {
      const ids = this.chosenNodes.map((node) => node.id);
      if (ids.length === 0) return false;
      this.commit(moveNodes(this.document, ids, ...step), "move", "nudge");
    } else if (event.key === "v") this.setMode("select");
    else if (event.key === "t") this.setMode("node");
    else if (event.key === "e") this.setMode("edge");
    else if (event.key === "r") this.turn();
    else if (event.key === "j") this.dissolve();
    else if (event.key === "Delete" || event.key === "Backspace") this.removeSelected();
    else if (event.key === "Escape") {
      this.#drag = null;
      this.#shown = null;
      if (this.#pending) this.#pending = null;
      else this.mode = "select";
      this.select([]);
    } else return false;
    return true;
  }

  paint(context: CanvasRenderingContext2D, view: View): void {
    const points = this.mode === "select" && this.chosenEdges.length === 1;
    paintGraph(context, view, this.#shown ?? this.document, { selected: this.selected, points });
    const px = 1 / view.scale;
    context.globalAlpha = 1;
    context.strokeStyle = SELECTED_COLOUR;
    context.lineWidth = 2 * px;
    context.setLineDash([5 * px, 4 * px]);
    if (this.#drag?.kind === "symbol") context.strokeRect(...boxBetween(this.#drag.from, this.#drag.to));
    if (!this.#pending || !this.hover) return;
    const source = this.document.nodes.find((node) => node.id === this.#pending?.source);
    if (!source) return;
    context.beginPath();
    context.moveTo(...source.center);
    for (const bend of this.#pending.bends) context.lineTo(...bend);
    context.lineTo(...this.hover);
    context.stroke();
  }

  async encode(): Promise<Blob> {
    return new Blob([JSON.stringify(this.document)], { type: "application/json" });
  }

  protected get visitable(): readonly GraphNode[] {
    return this.document.nodes;
  }
  protected get ids(): string[] {
    return [...this.document.nodes, ...this.document.edges].map(({ id }) => id);
  }
  protected placeOf(node: GraphNode): Box {
    return placeOf(node);
  }

  protected down(pointer: SheetPointer, view: View): boolean {
    const { at, shift } = pointer;
    const reach = REACH_PX / view.scale;
    if (this.mode === "edge") {
      this.#drag = { kind: "line", from: at };
      if (!this.#pending) {
        const source = this.#nodeFor(at, reach);
        if (source === null) {
          this.#drag = null;
          return false;
        }
        this.#pending = { source, bends: [] };
      }
      return true;
    }
    if (this.mode === "node") {
      this.#drag = { kind: "symbol", from: at, to: at };
      return true;
    }
    return this.#grip(at, reach, pointer.clicks) || this.#take(at, reach, shift, pointer.clicks);
  }

  /** Takes hold of a point of the one selected line. */
  #grip(at: Point, reach: number, clicks: number): boolean {
    const [edge] = this.chosenEdges;
    if (!edge || this.selected.size !== 1) return false;
    const index = pointAt(edge, at, reach);
    if (index < 0) return false;
    const bend = index > 0 && index < edge.points.length - 1;
    if (clicks > 1 && bend) this.commit(removePoint(this.document, edge.id, index), "bend");
    else this.#drag = { kind: "point", edge: edge.id, index, before: this.document, moved: false };
    return true;
  }

  #take(at: Point, reach: number, shift: boolean, clicks: number): boolean {
    const node = nodeAt(this.document, at, reach);
    const hit = node ? null : edgeAt(this.document, at, reach);
    const id = node?.id ?? hit?.edge.id;
    if (id === undefined) {
      if (this.selected.size > 0 && !shift) this.select([]);
      return false;
    }
    this.pick(id, shift);
    if (node) this.#drag = { kind: "nodes", from: at, before: this.document };
    else if (hit && clicks > 1)
      this.commit(insertPoint(this.document, hit.edge.id, hit.segment + 1, hit.at), "bend");
    return true;
  }

  protected dragTo(at: Point): void {
    const drag = this.#drag;
    if (drag?.kind === "nodes") {
      const ids = this.chosenNodes.map((node) => node.id);
      this.#shown = moveNodes(drag.before, ids, at[0] - drag.from[0], at[1] - drag.from[1]);
    } else if (drag?.kind === "point") {
      drag.moved = true;
      this.#shown = movePoint(drag.before, drag.edge, drag.index, at);
    } else if (drag?.kind === "symbol") drag.to = at;
  }

  protected drop({ at }: SheetPointer, view: View): void {
    const drag = this.#drag;
    const shown = this.#shown;
    const reach = REACH_PX / view.scale;
    this.#drag = null;
    this.#shown = null;
    if (drag?.kind === "nodes" && shown) this.commit(shown, "move");
    else if (drag?.kind === "point" && drag.moved) this.#dropPoint(drag, shown ?? this.document, at, reach);
    else if (drag?.kind === "symbol") this.#dropNode(drag, at, reach);
    else if (drag?.kind === "line") this.#dropLine(drag.from, at, reach);
  }

  /** An end let go over a node or a line leads there; over nothing, to a new open end. */
  #dropPoint(drag: Extract<Drag, { kind: "point" }>, shown: Graph, at: Point, reach: number): void {
    const edge = this.document.edges.find((each) => each.id === drag.edge);
    if (!edge) return;
    const end = drag.index === 0 ? "source" : drag.index === edge.points.length - 1 ? "target" : null;
    if (end === null) {
      this.commit(shown, "bend");
      return;
    }
    const node = nodeAt(this.document, at, reach);
    if (node) {
      const led = reconnect(this.document, edge.id, end, node.id);
      // Back at its own node: only the place has changed.
      this.commit(led === this.document ? shown : led, "reconnect");
      return;
    }
    const others = { ...this.document, edges: this.document.edges.filter((each) => each.id !== edge.id) };
    const hit = edgeAt(others, at, reach);
    const made = hit
      ? splitEdge(this.document, hit.edge.id, hit.segment, hit.at)
      : addNode(this.document, { type: "endpoint", center: at });
    if (made) this.commit(reconnect(made.graph, edge.id, end, made.id), "reconnect");
  }

  #dropNode(drag: Extract<Drag, { kind: "symbol" }>, at: Point, reach: number): void {
    const bbox = boxBetween(drag.from, at);
    const boxed = this.nextType === "symbol" || this.nextType === "offpage";
    if (boxed && Math.min(bbox[2], bbox[3]) < 4) return;
    const hit = boxed ? null : edgeAt(this.document, at, reach);
    const made = boxed
      ? addNode(this.document, {
          type: this.nextType,
          class: this.nextType === "offpage" ? "offpage_connector" : this.nextClass,
          bbox,
          center: centerOf(bbox),
        })
      : hit && this.nextType === "tee"
        ? splitEdge(this.document, hit.edge.id, hit.segment, hit.at)
        : addNode(this.document, { type: this.nextType, center: at });
    if (!made) return;
    this.commit(made.graph, "add");
    this.mode = "select";
    this.select([made.id]);
  }

  #dropLine(from: Point, at: Point, reach: number): void {
    const pending = this.#pending;
    if (!pending) return;
    const dragged = Math.hypot(at[0] - from[0], at[1] - from[1]) > reach;
    const source = nodeAt(this.document, at, reach);
    // The first click only chooses where the line begins.
    if (!dragged && pending.bends.length === 0 && source?.id === pending.source) return;
    const target = this.#nodeFor(at, reach);
    if (target === null) {
      pending.bends.push([Math.round(at[0]), Math.round(at[1])]);
      return;
    }
    const made = addEdge(this.document, pending.source, target, pending.bends);
    this.#pending = null;
    if (!made) {
      this.listen("look");
      return;
    }
    this.commit(made.graph, "connect");
    this.mode = "select";
    this.select([made.id]);
  }

  /** The node at a place; on a line, a tee that is made there; null over nothing. */
  #nodeFor(at: Point, reach: number): string | null {
    const node = nodeAt(this.document, at, reach);
    if (node) return node.id;
    const hit = edgeAt(this.document, at, reach);
    const made = hit && splitEdge(this.document, hit.edge.id, hit.segment, hit.at);
    if (!made) return null;
    this.commit(made.graph, "tee");
    return made.id;
  }

  protected cursor(view: View): string {
    if (this.mode !== "select") return "crosshair";
    const at = this.hover;
    if (!at) return "";
    const reach = REACH_PX / view.scale;
    if (nodeAt(this.document, at, reach)) return "move";
    return edgeAt(this.document, at, reach) ? "pointer" : "grab";
  }
}

/** Where a node is, with some room for one without a box. */
export function placeOf({ bbox, center }: GraphNode): Box {
  return bbox ?? [center[0] - 12, center[1] - 12, 24, 24];
}
