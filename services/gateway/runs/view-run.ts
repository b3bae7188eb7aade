import type { z } from "zod";
import { PenstockError } from "#shared/errors";
import type { RunDetail, Timeline } from "#shared/history";
import type { ArtifactRef } from "#shared/messages";
import { type RunNow, readRun } from "#shared/operate";
import type { Pipeline } from "#shared/pipeline";
import type { Gateway } from "../context.ts";

/** A run from the tracker's history, or from the stream when the tracker is away or has not heard of it yet. */
export async function viewRun(gateway: Gateway, pipeline: Pipeline, uid: string): Promise<RunDetail> {
  try {
    return await (await gateway.history()).getRun(uid, pipeline.name);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    return fromStream(await readRun(await gateway.bus(), pipeline, uid));
  }
}

/** What happened to a run; without a tracker the messages alone. */
export async function viewTimeline(gateway: Gateway, pipeline: Pipeline, uid: string): Promise<Timeline> {
  try {
    return await (await gateway.history()).timeline(uid, pipeline.name);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    const run = await readRun(await gateway.bus(), pipeline, uid);
    return { uid, pipeline: pipeline.name, events: eventsOf(run), tasks: [] };
  }
}

function isUnknown(error: unknown): boolean {
  return (
    error instanceof PenstockError && (error.code === "RUN_NOT_FOUND" || error.code === "TRACKER_UNAVAILABLE")
  );
}

function eventsOf({ pipeline, events }: RunNow): z.infer<typeof Timeline>["events"] {
  const stages = Object.values(pipeline.stages);
  return events.map((event) => ({
    type: event.type,
    state: event.spec.state,
    stage: stages.find((stage) => stage.gives.includes(event.type))?.name ?? null,
    seq: event.seq,
    at: event.time.getTime(),
    generation: event.generation,
  }));
}

/** A run as its last message shows it. */
function fromStream({ pipeline, uid, events, last, generation }: RunNow): RunDetail {
  const first = events[0] ?? last;
  const { artifacts, name, review, ...details } = last.body() as {
    artifacts?: Record<string, ArtifactRef>;
    name?: string;
    review?: string;
  } & Record<string, unknown>;
  const failed = last.type === pipeline.failed;
  const stage = Object.values(pipeline.stages).find((each) => each.takes.includes(last.type));
  return {
    uid,
    pipeline: pipeline.name,
    name: name ?? null,
    state: last.spec.state,
    final: last.spec.final ?? false,
    waits: last.spec.waits ?? false,
    stage: stage?.name ?? null,
    generation,
    progress: last.spec.final ? 1 : 0,
    review: review ?? null,
    parent: null,
    error: failed
      ? {
          stage: String(details.error_stage),
          code: String(details.error_code),
          message: String(details.error_message),
        }
      : null,
    created: first.time.getTime(),
    updated: last.time.getTime(),
    seq: last.seq,
    artifacts: artifacts ?? {},
    details,
    children: [],
    parts: [],
  };
}
