import { boxCenter } from "../geometry/boxes.ts";
import type { Point } from "../geometry/types.ts";
import type { SymbolBox, SymbolRole, VisionNode } from "./types.ts";

/** Gives every node of a graph its id: symbols in their order, places where lines join or end as they are asked for. */
export class NodeBook {
  readonly nodes: VisionNode[];
  readonly #symbols: string[];
  readonly #places = new Map<number, string>();
  readonly #taken: Set<string>;
  #count = 0;

  constructor(placed: readonly SymbolBox[], roleOf: (className: string) => SymbolRole) {
    this.nodes = placed.map((symbol, index) => ({
      id: symbol.id ?? `n${index + 1}`,
      type: roleOf(symbol.class) === "offpage" ? "offpage" : "symbol",
      class: symbol.class,
      ...(symbol.score === undefined ? {} : { score: symbol.score }),
      bbox: symbol.bbox,
      center: boxCenter(symbol.bbox),
      ...(symbol.tag === undefined ? {} : { tag: symbol.tag }),
    }));
    this.#symbols = this.nodes.map((node) => node.id);
    this.#taken = new Set(this.#symbols);
  }

  /** Id of a placed symbol, by its index. */
  symbol(index: number): string {
    return this.#symbols[index]!;
  }

  /** Id of the node a cluster is; the first call makes it. */
  place(cluster: number, type: "tee" | "cross" | "endpoint" | "offpage", at: Point): string {
    const known = this.#places.get(cluster);
    if (known) return known;
    do this.#count++;
    while (this.#taken.has(`j${this.#count}`));
    const id = `j${this.#count}`;
    this.#places.set(cluster, id);
    this.nodes.push({ id, type, center: [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10] });
    return id;
  }
}
