import { useMemo } from "preact/hooks";
import type { RetrainRun } from "../../api/types.ts";
import { Chart, type Line } from "../../components/chart/chart.tsx";
import { Empty } from "../../components/states.tsx";
import { scoreHistory } from "./grid.ts";

/** Colours of lines, told apart by the legend's order too; more models than colours begin again, dashed. */
const COLOURS = ["accent", "waiting", "started", "revoked", "failure"];

/** Every model's score over the runs. */
export function ScoreChart({ runs }: { runs: readonly RetrainRun[] }) {
  const { times, lines } = useMemo(() => {
    const history = scoreHistory(runs);
    return {
      times: history.times,
      lines: history.models.map(
        ({ name, scores }, i): Line => ({
          label: name,
          colour: COLOURS[i % COLOURS.length] ?? "accent",
          values: scores,
          ...(i >= COLOURS.length ? { dashed: true } : {}),
        }),
      ),
    };
  }, [runs]);
  if (!lines.some((line) => line.values.some((value) => value !== null)))
    return <Empty title="No run has scored a model yet" />;
  return (
    <Chart
      label="Score of each model on the hold-out, run by run"
      times={times}
      lines={lines}
      range={[0, 1]}
      format={(value) => value.toFixed(3)}
      axis={(value) => value.toFixed(2)}
    />
  );
}
