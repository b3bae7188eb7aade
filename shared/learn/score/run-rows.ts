import { PermanentError } from "#shared/errors";
import type { Scorable } from "../types.ts";

/** Rows per run of a model. */
const BATCH = 64;

/**
 * Runs rows of equal length through a model.
 * @param dims shape of one row
 * @returns one answer per row, each as long as the model's output
 * @throws PermanentError `NOT_FINITE` when an answer is no number
 */
export async function runRows(
  model: Pick<Scorable, "run">,
  rows: readonly Float32Array[],
  dims: readonly number[] = [rows[0]?.length ?? 0],
): Promise<Float32Array[]> {
  const answers: Float32Array[] = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    const width = batch[0]!.length;
    const data = new Float32Array(batch.length * width);
    batch.forEach((row, i) => {
      data.set(row, i * width);
    });
    const output = await model.run({ data, dims: [batch.length, ...dims] });
    const length = output.data.length / batch.length;
    for (let i = 0; i < batch.length; i++) answers.push(output.data.slice(i * length, (i + 1) * length));
  }
  const bad = answers.findIndex((answer) => !answer.every(Number.isFinite));
  if (bad >= 0)
    throw new PermanentError("NOT_FINITE", `the model's answer to row ${bad} of ${rows.length} is no number`);
  return answers;
}
