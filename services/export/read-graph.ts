import { PermanentError } from "#shared/errors";
import { Graph } from "#shared/messages";

/**
 * Reads `validated_graph.json`, which a person or another program may have written.
 * @throws PermanentError `GRAPH_INVALID` with the first thing that is wrong
 */
export function readGraph(bytes: Uint8Array): Graph {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PermanentError("GRAPH_INVALID", "validated_graph.json is not JSON", { cause });
  }
  const parsed = Graph.safeParse(json);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const more = parsed.error.issues.length - 1;
  throw new PermanentError(
    "GRAPH_INVALID",
    `validated_graph.json, ${first?.path.join(".") || "top level"}: ${first?.message}${more > 0 ? ` (and ${more} more)` : ""}`,
  );
}
