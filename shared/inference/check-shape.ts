/** A dimension a model fixes, or null when any will do. */
export type Dimension = number | null;

/** What a stage can use for a dimension: one size, one of some, or any. */
export type WantedDimension = Dimension | readonly number[];

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
  expected: readonly WantedDimension[],
  types: readonly string[] = ["float32"],
): string | undefined {
  const shape = info?.shape ?? [];
  // Exporters that trace no shapes leave them out; then the first run tells.
  const known = shape.length > 0;
  const fits =
    info?.isTensor &&
    types.includes(info.type ?? "") &&
    (!known || (shape.length === expected.length && expected.every((wanted, i) => suits(shape[i]!, wanted))));
  if (fits) return undefined;
  const found = info?.isTensor ? `${info.type} [${shape.join(", ")}]` : "no tensor";
  return `its ${what} is ${found}, expected ${types.join(" or ")} [${expected.map((wanted) => (wanted === null ? "any" : [wanted].flat().join(" or "))).join(", ")}]`;
}

/** Whether a size, or the name of a free one, is among those wanted. */
const suits = (size: number | string, wanted: WantedDimension): boolean =>
  wanted === null || typeof size === "string" || [wanted].flat().includes(size);

/** The sizes a tensor fixes; null where it takes any. @param rank when the tensor itself does not say */
export function dimensionsOf(info: TensorInfo, rank = info.shape?.length ?? 0): Dimension[] {
  return Array.from({ length: rank }, (_, i) => {
    const size = info.shape?.[i];
    return typeof size === "number" ? size : null;
  });
}
