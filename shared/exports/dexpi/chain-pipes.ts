import type { GraphEdge } from "#shared/messages";

/** One pipe of a chain and whether the chain runs it from target to source. */
export interface Step {
  edge: GraphEdge;
  turned: boolean;
}

/** Pipes between two ends, passing through in-line components: what DEXPI calls a piping network segment. */
export interface Chain {
  steps: Step[];
  /** Nodes passed, ends included: one more than steps. First and last are equal for a closed loop. */
  nodes: string[];
}

/**
 * Cuts the pipes into chains. A chain passes through a node where exactly two pipes meet and `passes` agrees, and ends
 * anywhere else. It runs with the flow when any of its pipes knows it. Every pipe is in exactly one chain.
 *
 * @param passes whether a chain may run on through a node, e.g. a valve but not a vessel
 */
export function chainPipes(pipes: readonly GraphEdge[], passes: (nodeId: string) => boolean): Chain[] {
  const ends = new Map<string, GraphEdge[]>();
  for (const edge of pipes)
    for (const id of [edge.source, edge.target]) {
      const list = ends.get(id);
      if (list) list.push(edge);
      else ends.set(id, [edge]);
    }
  const isInline = (id: string) => {
    const [first, second, third] = ends.get(id) ?? [];
    return (
      first !== undefined && second !== undefined && third === undefined && first !== second && passes(id)
    );
  };

  const done = new Set<GraphEdge>();
  const walk = (start: string, first: GraphEdge): Chain => {
    const steps: Step[] = [];
    const nodes = [start];
    let at = start;
    let edge: GraphEdge | undefined = first;
    while (edge) {
      done.add(edge);
      const turned: boolean = edge.source !== at;
      steps.push({ edge, turned });
      at = turned ? edge.source : edge.target;
      nodes.push(at);
      edge = isInline(at) ? ends.get(at)!.find((next) => !done.has(next)) : undefined;
    }
    return withFlow({ steps, nodes });
  };

  const chains: Chain[] = [];
  for (const edge of pipes)
    for (const id of [edge.source, edge.target])
      if (!done.has(edge) && !isInline(id)) chains.push(walk(id, edge));
  // What is left are loops of in-line components only: they may be cut anywhere.
  for (const edge of pipes) if (!done.has(edge)) chains.push(walk(edge.source, edge));
  return chains;
}

/** Turns a chain round when the first pipe with a known direction runs against it. */
function withFlow(chain: Chain): Chain {
  const known = chain.steps.find(({ edge }) => edge.direction !== null);
  if (!known || (known.edge.direction === "forward") !== known.turned) return chain;
  return {
    steps: chain.steps.map(({ edge, turned }) => ({ edge, turned: !turned })).reverse(),
    nodes: [...chain.nodes].reverse(),
  };
}
