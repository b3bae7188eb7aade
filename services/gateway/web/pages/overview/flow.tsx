import { useEffect, useRef, useState } from "preact/hooks";
import type { DeclaredPipeline, StageOverview } from "../../api/types.ts";
import { brief } from "../../format/duration.ts";
import { shortCount } from "../../format/number.ts";
import { layoutFlow, NODE } from "./flow-layout.ts";
import "./flow.css";

export interface FlowProps {
  pipeline: DeclaredPipeline;
  stages: readonly StageOverview[];
  /** Runs that wait for a person, by the stage they wait at. */
  waiting: ReadonlyMap<string, number>;
}

/** A pipeline as a graph of its stages, with what is in each now and how long it takes. */
export function Flow({ pipeline, stages, waiting }: FlowProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const layout = layoutFlow(pipeline.stages, width);
  const now = new Map(stages.map((stage) => [stage.stage, stage]));
  return (
    <div ref={box} class="flow">
      {width > 0 && (
        <div class="flow-canvas" style={{ height: `${layout.height}px` }}>
          <svg width={layout.width} height={layout.height} aria-hidden="true">
            {layout.edges.map(({ from, to, path }) => (
              <path key={`${from} ${to}`} d={path} class={now.get(to)?.pending ? "busy" : ""} />
            ))}
          </svg>
          {layout.stages.map(({ stage, x, y }) => (
            <a
              key={stage.name}
              href={`/tasks?stage=${encodeURIComponent(stage.name)}`}
              class={`flow-node ${toneOf(now.get(stage.name), waiting.get(stage.name))}`}
              style={{
                left: `${x}px`,
                top: `${y}px`,
                width: `${layout.nodeWidth}px`,
                height: `${NODE.height}px`,
              }}
              title={`${stage.summary}\nqueue ${stage.queue}`}
            >
              <Node name={stage.name} now={now.get(stage.name)} waiting={waiting.get(stage.name) ?? 0} />
            </a>
          ))}
        </div>
      )}
    </div>
  );
}

function toneOf(now: StageOverview | undefined, waiting = 0): string {
  if (!now) return "";
  if (now.active > 0) return "started";
  if (now.pending > 0 || now.retrying > 0) return "pending";
  return waiting > 0 ? "waiting" : "";
}

const COUNTS = [
  ["active", "▸", "started", "running"],
  ["pending", "○", "pending", "waiting to run"],
  ["retrying", "↻", "started", "waiting to be tried again"],
  ["failed", "✕", "failure", "failed"],
] as const;

function Node({ name, now, waiting }: { name: string; now: StageOverview | undefined; waiting: number }) {
  const failed = (now?.failed ?? 0) + (now?.deadLettered ?? 0);
  const shown = COUNTS.map(([key, sign, tone, text]) => ({
    sign,
    tone,
    text,
    count: key === "failed" ? failed : (now?.[key] ?? 0),
  })).filter(({ count }) => count > 0);
  return (
    <>
      <strong>{name}</strong>
      <span class="flow-counts">
        {waiting > 0 && (
          <span class="waiting" title={`${waiting} wait for a person`}>
            <i aria-hidden="true">✎</i> {shortCount(waiting)}
            <span class="visually-hidden"> wait for a person</span>
          </span>
        )}
        {shown.map(({ sign, tone, text, count }) => (
          <span key={text} class={tone} title={`${count} ${text}`}>
            <i aria-hidden="true">{sign}</i> {shortCount(count)}
            <span class="visually-hidden"> {text}</span>
          </span>
        ))}
        {shown.length === 0 && waiting === 0 && (
          <span class="dim">{now?.succeeded ? `✓ ${shortCount(now.succeeded)}` : "idle"}</span>
        )}
      </span>
      <span class="flow-times" title="p95: waited, ran">
        {now && now.runP95Ms !== null ? (
          <>
            {brief(now.waitP95Ms)} <span aria-hidden="true">→</span> <b>{brief(now.runP95Ms)}</b>
          </>
        ) : (
          "–"
        )}
      </span>
    </>
  );
}
