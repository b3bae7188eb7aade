/** A dimension a model fixes, or null when any will do. */
export type Dimension = number | null;

/** One input or output as ONNX Runtime describes it; an empty shape is an unknown one. */
export interface TensorInfo {
  name: string;
  isTensor: boolean;
  type?: string;
  shape?: readonly (number | string)[];
}

/**
 * Compares a tensor with what a stage can use.
 * @returns the sentence to refuse it with, or undefined when it fits
 */
export function misfit(
  what: string,
  info: TensorInfo | undefined,
  expected: readonly Dimension[],
  types: readonly string[] = ["float32"],
): string | undefined {
  const shape = info?.shape ?? [];
  // Exporters that trace no shapes leave them out; then the first run tells.
  const known = shape.length > 0;
  const fits =
    info?.isTensor &&
    types.includes(info.type ?? "") &&
    (!known ||
      (shape.length === expected.length &&
        expected.every((size, i) => size === null || typeof shape[i] === "string" || shape[i] === size)));
  if (fits) return undefined;
  const found = info?.isTensor ? `${info.type} [${shape.join(", ")}]` : "no tensor";
  return `its ${what} is ${found}, expected ${types.join(" or ")} [${expected.map((size) => size ?? "any").join(", ")}]`;
}

/** The sizes a tensor fixes; null where it takes any. @param rank when the tensor itself does not say */
export function dimensionsOf(info: TensorInfo, rank = info.shape?.length ?? 0): Dimension[] {
  return Array.from({ length: rank }, (_, i) => {
    const size = info.shape?.[i];
    return typeof size === "number" ? size : null;
  });
}
