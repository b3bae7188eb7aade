import { type Graph, type Quality, type QualityCode, qualityOf } from "#shared/messages";

/** A drawing has about a symbol for every second line; with fewer than one for so many lines something is wrong. */
const LINES_PER_SYMBOL = 8;
/** Fewer lines prove nothing. */
const FEW_LINES = 6;
/** Share of the ends of lines that may lie in the open: drains and vents do. */
const LOOSE = 0.25;
const FEW_ENDS = 6;

/** What speaks against a graph by its looks alone. */
export function qualityOfGraph({ nodes, edges }: Pick<Graph, "nodes" | "edges">): Quality {
  const codes: QualityCode[] = [];
  if (edges.length === 0) codes.push("NO_LINES");
  const symbols = nodes.filter((node) => node.bbox !== undefined).length;
  if (edges.length >= FEW_LINES && symbols * LINES_PER_SYMBOL < edges.length) codes.push("FEW_SYMBOLS");
  const loose = nodes.filter(({ type }) => type === "endpoint").length;
  if (loose >= FEW_ENDS && loose > LOOSE * 2 * edges.length) codes.push("MANY_LOOSE_ENDS");
  return qualityOf(codes);
}
