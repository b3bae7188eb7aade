import { PermanentError } from "#shared/errors";
import type { ModelName } from "../types.ts";
import { NEEDS } from "./needs.ts";

/** @throws PermanentError `TOO_FEW_EXAMPLES` with the numbers, when there is less than a model needs at least */
export function requireExamples(name: ModelName, have: number): void {
  const { what, train } = NEEDS[name];
  if (have < train)
    throw new PermanentError(
      "TOO_FEW_EXAMPLES",
      `${name} has ${have} ${what} to learn from; ${train} are needed`,
    );
}
