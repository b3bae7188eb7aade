import { z } from "zod";
import {
  DiagramFailed,
  DiagramRevoked,
  JoinOverdue,
  JoinPlan,
  JoinResult,
  PartLost,
  Uid,
} from "#shared/messages";
import { definePipeline } from "#shared/pipeline";

/** Tasks of a group. */
export const PARTS = 5;

const Task = z.object({ ms: z.number().default(0) });

/** A group of tasks and its callback; what a client plans by itself, as it does with the others. */
export const declareGroup = (fanOut: "atomic" | "logged") =>
  definePipeline({
    name: "group",
    stream: "GROUP",
    failed: "group.failed",
    revoked: "group.revoked",
    messages: {
      "group.task": { schema: Task, state: "task", part: true, summary: "one task" },
      "group.planned": {
        schema: z.object({ uid: Uid, join: JoinPlan }),
        state: "planned",
        anonymous: true,
        summary: "the group",
      },
      "group.done": { schema: Task, state: "done", part: true, summary: "one task is done" },
      "group.lost": { schema: PartLost, state: "lost", part: true, summary: "one task is lost" },
      "group.overdue": { schema: JoinOverdue, state: "overdue", timer: true, summary: "deadline" },
      "group.joined": {
        schema: z.object({ uid: Uid, join: JoinResult }),
        state: "joined",
        summary: "all are done",
      },
      "group.called": {
        schema: z.object({ uid: Uid }),
        state: "called",
        final: true,
        summary: "called back",
      },
      "group.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
      "group.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
    },
    stages: {
      "group-task": {
        service: "bench",
        module: "task",
        takes: ["group.task"],
        gives: ["group.done"],
        queue: "light",
        inline: true,
        concurrency: 64,
        summary: "does nothing, or waits",
      },
      "group-join": {
        service: "bench",
        takes: ["group.planned", "group.done", "group.lost", "group.overdue"],
        gives: ["group.joined"],
        join: {
          ...{ planned: "group.planned", task: "group.task", result: "group.done", lost: "group.lost" },
          ...{ overdue: "group.overdue", policy: "all", deadlineMs: 600_000, fanOut },
        },
        queue: "light",
        inline: true,
        summary: "waits for all",
      },
      "group-call": {
        service: "bench",
        module: "call",
        takes: ["group.joined"],
        gives: ["group.called"],
        queue: "light",
        inline: true,
        concurrency: 64,
        summary: "the callback",
      },
    },
  });

export const groupPipeline = declareGroup("atomic");
