import type { GraphEdge } from "#shared/messages";
import type { SortedGraph } from "./sort-edges.ts";

/** A node that a signal starts or ends at. */
export interface Terminal {
  nodeId: string;
  role: "start" | "end";
}

/** Lines that carry one signal: usually one, several where a signal branches. */
export interface Signal {
  edges: GraphEdge[];
  terminals: Terminal[];
  /** A process line to an instrument: it measures rather than tells. */
  measures: boolean;
}

/**
 * Joins signal lines that meet in a junction or turn at an open end into one signal each, in the order of the edges.
 * Terminals whose direction is not known are ends, but every signal with terminals has a start: what is measured, or
 * the first.
 */
export function groupSignals({ signals, classes }: SortedGraph): Signal[] {
  const byJunction = new Map<string, GraphEdge[]>();
  for (const edge of signals)
    for (const id of [edge.source, edge.target])
      if (!classes.has(id)) {
        const list = byJunction.get(id);
        if (list) list.push(edge);
        else byJunction.set(id, [edge]);
      }
  const done = new Set<GraphEdge>();
  const result: Signal[] = [];
  for (const first of signals) {
    if (done.has(first)) continue;
    const edges: GraphEdge[] = [];
    const queue = [first];
    done.add(first);
    for (let edge = queue.pop(); edge; edge = queue.pop()) {
      edges.push(edge);
      for (const id of [edge.source, edge.target])
        for (const next of byJunction.get(id) ?? [])
          if (!done.has(next)) {
            done.add(next);
            queue.push(next);
          }
      byJunction.delete(edge.source);
      byJunction.delete(edge.target);
    }
    result.push(toSignal(edges));
  }
  return result;

  function toSignal(edges: GraphEdge[]): Signal {
    const measures = edges.every(
      ({ line }) => line === "process" || line === "utility" || line === "unknown",
    );
    const isBalloon = (id: string) => classes.get(id)?.part === "instrument";
    const roles = new Map<string, Terminal["role"] | undefined>();
    for (const { source, target, direction } of edges) {
      const known = direction !== null;
      if (classes.has(source))
        roles.set(source, known ? (direction === "forward" ? "start" : "end") : undefined);
      if (classes.has(target))
        roles.set(target, known ? (direction === "forward" ? "end" : "start") : undefined);
    }
    const ids = [...roles.keys()];
    // What is measured comes before what measures it, whatever an arrow on the line says.
    if (measures && ids.some((id) => !isBalloon(id)))
      for (const id of ids) roles.set(id, isBalloon(id) ? "end" : "start");
    const open = ids.filter((id) => roles.get(id) === undefined);
    const first = ids.some((id) => roles.get(id) === "start")
      ? undefined
      : (open.find((id) => !isBalloon(id)) ?? open[0]);
    return {
      edges,
      terminals: ids.map((nodeId) => ({
        nodeId,
        role: roles.get(nodeId) ?? (nodeId === first ? "start" : "end"),
      })),
      measures,
    };
  }
}
