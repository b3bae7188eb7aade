import { openModel, type Spent } from "#shared/inference";
import { declaredModel, type MODELS } from "#shared/models";
import { median } from "../support/figures.ts";

/** The network a stage runs. */
const NETWORKS: Record<string, keyof typeof MODELS> = { detect: "detector", segment: "segmenter" };
const ROUNDS = 5;

/** What a stage said of its runs. @param log lines of a sheet, `stage: level message {…}` */
export function readSpent(log: readonly string[], stage: string): Spent | undefined {
  const line = log.find((each) => each.startsWith(`${stage}: `) && each.includes('"runMs"'));
  return line && JSON.parse(line.slice(line.indexOf("{")));
}

/**
 * Runs a stage's shipped network as often as the stage did, on as many pixels, with nothing beside it: what a stage takes is
 * compared with that, for runs that others work beside are slower. Networks take as long on noise as on a drawing.
 * @returns seconds of all runs
 */
export async function runAlone(stage: string, { rows, input }: Spent): Promise<number> {
  const dims = input.split("x").map(Number);
  const { shipped = "" } = declaredModel(NETWORKS[stage]!);
  await using model = await openModel({ path: shipped });
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => (i % 97 < 5 ? 0 : 1));
  const { ms: _, input: _input, ...into } = await model.session.run({ data, dims });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push((await model.session.run({ data, dims }, into)).ms);
  return ((median(times) / 1000) * rows) / dims[0]!;
}
