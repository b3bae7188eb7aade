import { z } from "zod";
import {
  DiagramFailed,
  DiagramRevoked,
  JoinOverdue,
  JoinPlan,
  JoinPolicy,
  JoinResult,
  PartLost,
  Uid,
} from "#shared/messages";
import { definePipeline } from "#shared/pipeline";

/** What a part does: `n` is added up at the end. */
export const Piece = z.object({
  uid: Uid.optional(),
  n: z.number(),
  do: z.enum(["work", "throw", "permanent", "fail-once", "wait"]).default("work"),
  /** How long `wait` takes, in ms. */
  ms: z.number().default(0),
});

const Asked = z.object({
  uid: Uid.optional(),
  pieces: z.record(z.string(), Piece),
  policy: JoinPolicy.optional(),
  deadlineMs: z.number().optional(),
});
const Summed = z.object({ uid: Uid, sum: z.number(), outcome: z.string() });

/** A fan-out and a fan-in of numbers, stored in one batch or by its log. */
export const declareFan = (fanOut: "atomic" | "logged", retries = 1) =>
  definePipeline({
    name: "fan",
    stream: "FAN",
    failed: "fan.failed",
    revoked: "fan.revoked",
    messages: {
      "fan.asked": { schema: Asked, state: "asked", anonymous: true, summary: "numbers to add" },
      "fan.piece": { schema: Piece, state: "piece", part: true, summary: "one number" },
      "fan.planned": {
        schema: z.object({ uid: Uid, join: JoinPlan }),
        state: "working",
        summary: "the numbers are handed out",
      },
      "fan.done": { schema: Piece, state: "done", part: true, summary: "one number is worked on" },
      "fan.lost": { schema: PartLost, state: "lost", part: true, summary: "one number is lost" },
      "fan.overdue": { schema: JoinOverdue, state: "overdue", timer: true, summary: "deadline" },
      "fan.joined": {
        schema: z.object({ uid: Uid, join: JoinResult }),
        state: "joined",
        summary: "all are in",
      },
      "fan.summed": { schema: Summed, state: "summed", final: true, summary: "the sum" },
      "fan.failed": { schema: DiagramFailed, state: "error", final: true, summary: "failed" },
      "fan.revoked": { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" },
    },
    stages: {
      "fan-plan": {
        service: "toy",
        module: "plan",
        takes: ["fan.asked"],
        gives: ["fan.piece", "fan.planned"],
        queue: "light",
        inline: true,
        retryDelayMs: 50,
        ackWaitMs: 2_000,
        summary: "Hands out numbers.",
      },
      "fan-work": {
        service: "toy",
        module: "work",
        takes: ["fan.piece"],
        gives: ["fan.done"],
        queue: "light",
        inline: true,
        retries,
        retryDelayMs: 50,
        ackWaitMs: 2_000,
        concurrency: 16,
        summary: "Works on one number.",
      },
      "fan-join": {
        service: "toy",
        takes: ["fan.planned", "fan.done", "fan.lost", "fan.overdue"],
        gives: ["fan.joined"],
        join: {
          ...{ planned: "fan.planned", task: "fan.piece", result: "fan.done" },
          ...{ lost: "fan.lost", overdue: "fan.overdue" },
          ...{ policy: "all", deadlineMs: 60_000, fanOut },
        },
        queue: "light",
        inline: true,
        ackWaitMs: 2_000,
        summary: "Waits for all numbers.",
      },
      "fan-sum": {
        service: "toy",
        module: "sum",
        takes: ["fan.joined"],
        gives: ["fan.summed"],
        queue: "light",
        inline: true,
        ackWaitMs: 2_000,
        summary: "Adds them up.",
      },
    },
  });

export const fanPipeline = declareFan("atomic");
