import { paths } from "../../api/paths.ts";
import type { DeclaredPipeline, Overview } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Card, Page } from "../../components/page.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Tile } from "../../components/tile.tsx";
import { brief } from "../../format/duration.ts";
import { count, percent, rate } from "../../format/number.ts";
import { titled } from "../../format/state.ts";
import { location, setQuery } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { Flow } from "./flow.tsx";
import { Latest } from "./latest.tsx";
import { RateChart } from "./rate-chart.tsx";
import { StageTable } from "./stage-table.tsx";
import "./overview.css";

const WINDOWS = { "15m": 900_000, "1h": 3_600_000, "6h": 21_600_000 } as const;
type Window = keyof typeof WINDOWS;

/** How things stand: counts, rates, every pipeline as a graph. */
export function OverviewPage() {
  const asked = location.value.query.get("window") ?? "";
  const window: Window = asked in WINDOWS ? (asked as Window) : "1h";
  const overview = useQuery<Overview>(
    paths.overview,
    { windowMs: WINDOWS[window] },
    { live: {}, everyMs: 5_000 },
  );
  return (
    <Page
      title="Overview"
      actions={
        <fieldset class="switch" aria-label="time shown">
          {Object.keys(WINDOWS).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === window}
              onClick={() => setQuery({ window: each === "1h" ? null : each })}
            >
              {each}
            </button>
          ))}
        </fieldset>
      }
    >
      <div class="stack overview">
        <QueryView query={overview} lines={8}>
          {(data) => <Figures data={data} />}
        </QueryView>
      </div>
      <div class="overview-top">
        <Card title="Tasks per second" class="rates">
          {overview.data && <RateChart overview={overview.data} />}
        </Card>
        <Latest />
      </div>
      {overview.data &&
        declaration.value?.pipelines.map((pipeline) => (
          <PipelineCard key={pipeline.name} pipeline={pipeline} data={overview.data as Overview} />
        ))}
    </Page>
  );
}

function Figures({ data }: { data: Overview }) {
  const { runs, tasks } = data;
  const oldest = Math.max(-1, ...data.stages.map((stage) => stage.oldestPendingMs ?? -1));
  return (
    <div class="tiles">
      <Tile
        label="active now"
        value={count(runs.active)}
        href="/diagrams?show=active"
        {...(runs.active > 0 ? { tone: "started" as const } : {})}
      />
      <Tile
        label="need a person"
        value={count(runs.waiting)}
        href="/diagrams?show=waiting"
        {...(runs.waiting > 0 ? { tone: "waiting" as const } : {})}
      />
      <Tile label="done" value={count(runs.done)} href="/diagrams?show=completed" />
      <Tile
        label="failed"
        value={count(runs.failed)}
        href="/diagrams?show=error"
        {...(runs.failed > 0 ? { tone: "failure" as const } : {})}
      />
      <Tile
        label="success rate"
        value={percent(tasks.successRate)}
        title="of the tasks that ended in the time shown"
      />
      <Tile label="last minute" value={rate(tasks.perSecond.m1)} title="tasks ended" />
      <Tile label="oldest waiting" value={oldest < 0 ? "–" : brief(oldest)} href="/queues" />
      <Tile label="workers" value={count(data.workersOnline)} href="/workers" />
      <Tile
        label="dead letters"
        value={count(data.deadLetters)}
        href="/dead"
        {...(data.deadLetters > 0 ? { tone: "failure" as const } : {})}
      />
    </div>
  );
}

function PipelineCard({ pipeline, data }: { pipeline: DeclaredPipeline; data: Overview }) {
  const stages = data.stages.filter((stage) => stage.pipeline === pipeline.name);
  const used = stages.some((stage) => stage.pending + stage.active + stage.succeeded + stage.failed > 0);
  return (
    <Card title={`${titled(pipeline.name)} pipeline`} class="pipeline">
      <Flow pipeline={pipeline} stages={stages} waiting={waitingAt(pipeline, data)} />
      <p class="dim small">
        On each stage: what is in it now, and below how long 95 of 100 tasks at most waited → ran.
      </p>
      <details class="stages" open={used}>
        <summary>Stages in figures</summary>
        <StageTable stages={stages} />
      </details>
    </Card>
  );
}

/** Runs that wait for a person, by the stage that made them wait. */
function waitingAt(pipeline: DeclaredPipeline, data: Overview): Map<string, number> {
  const found = new Map<string, number>();
  for (const message of pipeline.messages.filter((each) => each.waits)) {
    const stage = pipeline.stages.find((each) => each.gives.includes(message.type));
    const waiting = data.runs.byState[message.state] ?? 0;
    if (stage && waiting > 0) found.set(stage.name, (found.get(stage.name) ?? 0) + waiting);
  }
  return found;
}
