import { FatalError } from "#shared/errors";
import type { ModelCard } from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { styleTable } from "../style-table.ts";

/** Without these the graph cannot be built; what else a network tells apart is its own affair. */
const JUNCTIONS = ["tee", "cross", "bridge", "plain"];

/**
 * Checks that the classes a model names are those its stage needs.
 * @param path where it lies, for the sentence
 * @throws FatalError `MODEL_INVALID`
 */
export function checkCard(name: ModelName, { names }: ModelCard, path: string): void {
  if (name === "detector" && names.length === 0)
    throw new FatalError("MODEL_INVALID", `${path} names no classes, and no classes.yaml does`);
  if (name === "segmenter") styleTable(names, path);
  if (name === "classification" && !JUNCTIONS.every((kind) => names.includes(kind)))
    throw new FatalError(
      "MODEL_INVALID",
      `${path} tells ${names.join(", ") || "nothing"}; ${JUNCTIONS.join(", ")} are needed`,
    );
}
