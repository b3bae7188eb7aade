import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { clock, day } from "../../format/time.ts";
import { zone } from "../../state/preferences.ts";
import { resolveColours } from "./palette.ts";
import { useTheme } from "./use-theme.ts";

export interface Line {
  label: string;
  /** A colour of styles/tokens.css, without its dashes. */
  colour: string;
  /** One per time; null leaves a gap. */
  values: (number | null)[];
  dashed?: boolean;
  /** Points only, no line between them. */
  points?: boolean;
  /** Fills the area below. */
  filled?: boolean;
  /** Not in the legend: it belongs to the line before. */
  part?: boolean;
}

export interface ChartProps {
  /** What it shows, for those who do not see it. */
  label: string;
  /** Ms since the epoch, ascending. */
  times: number[];
  lines: Line[];
  /** @default 190 px */
  height?: number;
  /** A value as people read it. */
  format: (value: number) => string;
  /** A value beside the scale, where that is shorter. */
  axis?: (value: number) => string;
  /** Smallest top of the scale. @default 1 */
  least?: number;
  /** Bottom and top of the scale, where they are known. */
  range?: [number, number];
}

/** A time series on uPlot: redrawn on new values, resized with its box, coloured by the theme. */
export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const look = useTheme();
  const shape = props.lines.map(({ label, colour }) => label + colour).join();
  const { times, lines, height = 190 } = props;
  const data = [times.map((at) => at / 1000), ...lines.map((line) => line.values)] as uPlot.AlignedData;

  // While nobody points at it the legend tells the newest values; uPlot empties it when it draws.
  const tellNewest = () =>
    requestAnimationFrame(() => {
      if ((plot.current?.cursor.left ?? 0) < 0)
        plot.current?.setLegend({ idx: newest(latest.current.lines) });
    });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    plot.current = new uPlot(
      options(latest.current, element.clientWidth, height),
      [[], ...lines.map(() => [])] as uPlot.AlignedData,
      element,
    );
    plot.current.setData(data);
    tellNewest();
    const resize = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [look, shape, height, zone.value]);
  useEffect(() => {
    plot.current?.setData(data);
    tellNewest();
  }, [props.times, props.lines]);

  return <div ref={box} class="chart" role="img" aria-label={props.label} />;
}

function options(
  { lines, format, axis: label, least = 1, range }: ChartProps,
  width: number,
  height: number,
): uPlot.Options {
  const tokens = ["dim", "line", ...lines.map((line) => line.colour)];
  const colours = resolveColours(tokens);
  const axis = { stroke: colours.dim, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } };
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return {
    width,
    height,
    padding: [10, 8, 0, 0],
    legend: { show: true, live: true },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: {
        time: true,
        // Of a single time no scale can be made: half an hour on both sides.
        range: (plot, from, to) => {
          const [at, ...more] = plot.data[0];
          return at !== undefined && more.length === 0 ? [at - 1_800, at + 1_800] : [from, to];
        },
      },
      y: { range: (_, __, max) => range ?? [0, Math.max(least, max * 1.1)] },
    },
    ...(zone.value === "utc" ? { tzDate: (at: number) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC") } : {}),
    axes: [
      { ...axis, font, size: 26, space: 70, values: (_, at) => at.map((each) => axisTime(each * 1000, at)) },
      {
        ...axis,
        font,
        size: 46,
        space: 36,
        values: (_, values) => values.map((value) => (label ?? format)(value)),
      },
    ],
    series: [
      {
        label: "at",
        value: (_, at) =>
          at == null ? "–" : `${day(at * 1000, zone.value)} ${clock(at * 1000, zone.value)}`,
      },
      ...lines.map((line): uPlot.Series => {
        const stroke = colours[line.colour] ?? "";
        return {
          label: line.label,
          stroke,
          width: line.points ? 0 : 1.6,
          ...(line.dashed ? { dash: [4, 4] } : {}),
          ...(line.filled ? { fill: stroke.replace("rgb(", "rgba(").replace(")", ", 0.12)") } : {}),
          points: line.points
            ? { show: true, size: 7, fill: stroke }
            : { show: line.values.filter((value) => value !== null).length === 1, size: 5 },
          value: (_, value) => (value == null ? "–" : format(value)),
          ...(line.part ? { class: "part" } : {}),
        };
      }),
    ],
  };
}

/** The last place where the first line has a value. */
const newest = (lines: readonly Line[]): number =>
  Math.max(0, lines[0]?.values.findLastIndex((value) => value !== null) ?? 0);

/** Hours and minutes; the day at midnight where the axis spans several. */
function axisTime(at: number, all: number[]): string {
  const span = ((all.at(-1) ?? 0) - (all[0] ?? 0)) * 1000;
  const time = clock(at, zone.value).slice(0, 5);
  return span > 2 * 86_400_000 && time === "00:00" ? day(at, zone.value).slice(5) : time;
}
