import { readFile, writeFile } from "node:fs/promises";
import { METRIC_NAMES, type Summary } from "#shared/evaluate";
import { packageFolder } from "../package-folder.ts";

type Metric = keyof typeof METRIC_NAMES;

/** By set, the worst value each figure may have. */
export type Floors = Record<string, Partial<Record<Metric, number>>>;

/** Figures that are better when smaller: their floor is a ceiling. */
const LESS_IS_BETTER: ReadonlySet<Metric> = new Set(["crossingsJoined", "correctionsPer100"]);

/** How far under what is reached a floor is set: five small sheets move by about this much with another machine's rounding. */
const SLACK = 0.025;
const SLACK_CORRECTIONS = 3;
/** One crossing more of the few on a small set. */
const SLACK_CROSSINGS = 0.1;

const file = () => new URL("docs/quality-floors.json", packageFolder());

/** The floors of the fixed sets, as `penstock eval --set-floors` wrote them. */
export const readFloors = async (): Promise<Floors> => JSON.parse(await readFile(file(), "utf8")) as Floors;

export const writeFloors = (floors: Floors): Promise<void> =>
  writeFile(file(), `${JSON.stringify(floors, null, 2)}\n`);

/** Floors a little under what was reached. */
export function floorsFrom(reached: Readonly<Record<string, Summary>>): Floors {
  const floor = (metric: Metric, value: number) => {
    if (metric === "correctionsPer100") return value + SLACK_CORRECTIONS;
    return metric === "crossingsJoined" ? value + SLACK_CROSSINGS : value - SLACK;
  };
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return Object.fromEntries(
    Object.entries(reached).map(([set, summary]) => [
      set,
      Object.fromEntries(
        (Object.keys(METRIC_NAMES) as Metric[])
          .filter((metric) => summary[metric] !== null)
          .map((metric) => [metric, round(floor(metric, summary[metric]!))]),
      ),
    ]),
  );
}

/** Sentences about every figure that is worse than its floor, or that has one and is no longer there. */
export function belowFloors(reached: Readonly<Record<string, Summary>>, floors: Floors): string[] {
  return Object.entries(floors).flatMap(([set, limits]) =>
    (Object.entries(limits) as [Metric, number][]).flatMap(([metric, limit]) => {
      const value = reached[set]?.[metric] ?? null;
      const less = LESS_IS_BETTER.has(metric);
      if (value !== null && (less ? value <= limit : value >= limit)) return [];
      const found = value === null ? "not measured" : value.toFixed(3);
      return [
        `${set}: ${METRIC_NAMES[metric]} is ${found}, ${less ? "at most" : "at least"} ${limit} is wanted`,
      ];
    }),
  );
}
