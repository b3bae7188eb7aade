import { useMemo } from "preact/hooks";
import type { Overview } from "../../api/types.ts";
import { Chart, type Line } from "../../components/chart/chart.tsx";
import { Empty } from "../../components/states.tsx";
import { rate } from "../../format/number.ts";
import { ratesOf } from "./rates.ts";

/** Tasks ended per second; the slot that is still filling is dashed. */
export function RateChart({ overview }: { overview: Overview }) {
  const { times, lines } = useMemo(() => {
    const rates = ratesOf(overview);
    const pair = (label: string, colour: string, { full, filling }: (typeof rates)["failed"]): Line[] => [
      { label, colour, values: full, filled: colour === "success" },
      { label: `${label}, still filling`, colour, values: filling, dashed: true, part: true },
    ];
    return {
      times: rates.times,
      lines: [
        ...pair("succeeded", "success", rates.succeeded),
        ...pair("failed", "failure", rates.failed),
        ...pair("retried", "started", rates.retried),
      ],
    };
  }, [overview]);
  if (times.length < 2) return <Empty title="No task has ended in this time" />;
  return (
    <Chart
      label={`Tasks ended per second over time; ${rate(overview.tasks.perSecond.m1)} in the last minute`}
      times={times}
      lines={lines}
      height={272}
      least={0.05}
      format={rate}
      axis={(value) => String(Number(value.toFixed(2)))}
    />
  );
}
