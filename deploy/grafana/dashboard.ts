import { type Panel, ROWS } from "./panels.ts";

const DATASOURCE = { type: "prometheus", uid: "$datasource" };
const COLUMNS = 24;

/** The dashboard as Grafana imports it. */
export function dashboard(): string {
  return `${JSON.stringify(
    {
      uid: "penstock",
      title: "Penstock",
      description:
        "Tasks, queues, workers and the pipeline. Made by `npm run docs` from deploy/grafana/panels.ts.",
      tags: ["penstock"],
      schemaVersion: 39,
      version: 1,
      editable: true,
      graphTooltip: 1,
      refresh: "15s",
      time: { from: "now-6h", to: "now" },
      timezone: "",
      templating: { list: variables() },
      annotations: { list: [alertsAnnotation()] },
      panels: layOut(),
    },
    null,
    2,
  )}\n`;
}

function variables() {
  const choice = (name: string, label: string, query: string) => ({
    name,
    label,
    type: "query",
    datasource: DATASOURCE,
    query: { query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: ".*",
    current: { text: "All", value: "$__all" },
  });
  return [
    { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
    choice("queue", "Queue", "label_values(penstock_queue_length, queue_name)"),
    choice("stage", "Stage", "label_values(penstock_task_sent_total, name)"),
  ];
}

/** Alerts that fire are drawn over every panel. */
function alertsAnnotation() {
  return {
    name: "Alerts",
    datasource: DATASOURCE,
    enable: true,
    iconColor: "red",
    expr: 'ALERTS{alertname=~"Penstock.+",alertstate="firing"}',
    titleFormat: "{{alertname}}",
    textFormat: "{{name}} {{queue_name}}",
    step: "15s",
  };
}

/** Panels from left to right, a new line when one does not fit, under the heading of their row. */
function layOut() {
  const placed: object[] = [];
  let id = 1;
  let y = 0;
  for (const [index, row] of ROWS.entries()) {
    placed.push({
      id: 100 + index,
      type: "row",
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y: y++, w: COLUMNS, h: 1 },
      panels: [],
    });
    let x = 0;
    let tallest = 0;
    for (const panel of row.panels) {
      const { width = 12, height = 8 } = panel;
      if (x + width > COLUMNS) {
        x = 0;
        y += tallest;
        tallest = 0;
      }
      placed.push({ id: id++, gridPos: { x, y, w: width, h: height }, ...describe(panel) });
      x += width;
      tallest = Math.max(tallest, height);
    }
    y += tallest;
  }
  return placed;
}

const TYPES: Record<Panel["kind"], string> = {
  stat: "stat",
  gauge: "gauge",
  timeseries: "timeseries",
  bars: "timeseries",
  pie: "piechart",
  table: "table",
  heatmap: "heatmap",
  bargauge: "bargauge",
};
/** Kinds that show one moment, not a course. */
const INSTANT: readonly Panel["kind"][] = ["stat", "gauge", "pie", "table", "bargauge"];

function describe(panel: Panel) {
  const instant = INSTANT.includes(panel.kind);
  return {
    type: TYPES[panel.kind],
    title: panel.title,
    description: panel.description,
    datasource: DATASOURCE,
    targets: panel.queries.map(({ expr, legend }, i) => ({
      refId: String.fromCharCode(65 + i),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend ?? "__auto",
      instant,
      range: !instant,
      format: panel.kind === "table" ? "table" : "time_series",
      // A slot of the heatmap is an hour.
      ...(panel.kind === "heatmap" ? { interval: "1h" } : {}),
    })),
    fieldConfig: { defaults: defaults(panel), overrides: overrides(panel) },
    options: options(panel),
    ...(panel.kind === "table"
      ? { transformations: [{ id: "organize", options: { excludeByName: { Time: true } } }] }
      : {}),
  };
}

function defaults({ kind, unit = "short", threshold }: Panel) {
  const bad = { color: "red", value: threshold };
  const steps =
    threshold === undefined
      ? [{ color: "green", value: null }]
      : kind === "gauge"
        ? [
            { color: "red", value: null },
            { color: "green", value: threshold },
          ]
        : [{ color: "green", value: null }, bad];
  return {
    unit,
    min: kind === "heatmap" ? undefined : 0,
    ...(kind === "gauge" ? { max: 1 } : {}),
    // Nothing ended yet: no rate, and no alarm.
    mappings: [{ type: "special", options: { match: "nan", result: { text: "–" } } }],
    thresholds: { mode: "absolute", steps },
    color: { mode: kind === "stat" || kind === "gauge" ? "thresholds" : "palette-classic" },
    custom:
      kind === "timeseries" || kind === "bars"
        ? {
            drawStyle: kind === "bars" ? "bars" : "line",
            fillOpacity: kind === "bars" ? 60 : 8,
            lineWidth: 1,
            showPoints: "auto",
            spanNulls: false,
            thresholdsStyle: { mode: threshold === undefined ? "off" : "line" },
          }
        : {},
  };
}

function overrides({ colors = {} }: Panel) {
  return Object.entries(colors).map(([name, fixedColor]) => ({
    matcher: { id: "byName", options: name },
    properties: [{ id: "color", value: { mode: "fixed", fixedColor } }],
  }));
}

function options({ kind }: Panel) {
  const reduceOptions = { calcs: ["lastNotNull"], fields: "", values: false };
  switch (kind) {
    case "stat":
      return { reduceOptions, colorMode: "value", graphMode: "none", textMode: "value" };
    case "gauge":
      return { reduceOptions, showThresholdMarkers: true };
    case "bargauge":
      return { reduceOptions, orientation: "horizontal", displayMode: "basic", showUnfilled: true };
    case "pie":
      return {
        reduceOptions,
        pieType: "donut",
        displayLabels: ["name", "percent"],
        legend: { displayMode: "table", placement: "right", values: ["value"], showLegend: true },
      };
    case "heatmap":
      return {
        calculate: false,
        color: { mode: "scheme", scheme: "Greens", steps: 32 },
        yAxis: { axisLabel: "hour (UTC)" },
        cellGap: 1,
      };
    case "table":
      return { showHeader: true, cellHeight: "sm" };
    default:
      return {
        legend: { displayMode: "list", placement: "bottom", showLegend: true },
        tooltip: { mode: "multi", sort: "desc" },
      };
  }
}
