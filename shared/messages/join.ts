import { z } from "zod";
import { Uid } from "./uid.ts";

/** Name of one part of a run: one subject token, and not what a task id calls a generation (`g2`). */
export const PartName = Uid.refine((name) => !/^g\d+$/.test(name), {
  message: 'a part may not be named "g" and a number: task ids call generations so',
});

/**
 * When a join fires:
 * - `all`: every part succeeded; it fails as soon as one is lost
 * - `atLeast` k: every part has ended, or the deadline has come, and k or more succeeded
 * - `first` k: as soon as k succeeded; the others are stopped
 */
export const JoinPolicy = z.union([
  z.literal("all"),
  z.object({ atLeast: z.number().int().min(1) }),
  z.object({ first: z.number().int().min(1) }),
]);
export type JoinPolicy = z.infer<typeof JoinPolicy>;

/** What the runtime writes into a `planned` message: which parts there are, and when their join is over. */
export const JoinPlan = z.object({
  parts: z.array(PartName).min(1).max(900),
  policy: JoinPolicy,
  /** Ms since the epoch. */
  deadlineAt: z.number(),
  /** Bodies of the parts by name, where plan and parts are not stored in one batch. */
  tasks: z.record(z.string(), z.unknown()).optional(),
});
export type JoinPlan = z.infer<typeof JoinPlan>;

/** How one part stood when its join was decided; `missing` parts had not ended by then. */
export const PartState = z.enum(["succeeded", "failed", "revoked", "missing"]);
export type PartState = z.infer<typeof PartState>;

/** One part as its join tells it. */
export const JoinedPart = z.object({
  name: PartName,
  state: PartState,
  /** Stream sequence of the message that ended it; 0 when missing. */
  seq: z.number().int().nonnegative(),
  /** Body of its result, when it succeeded. */
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type JoinedPart = z.infer<typeof JoinedPart>;

/** What the runtime adds to the planned message to make the joined one. A join that fails ends its run instead. */
export const JoinResult = JoinPlan.extend({
  outcome: z.enum(["success", "partial"]),
  results: z.array(JoinedPart),
});
export type JoinResult = z.infer<typeof JoinResult>;

/** A part that will give no result: published by the runtime where a run of one stage would publish its failed event. */
export const PartLost = z.object({
  uid: Uid,
  part: PartName,
  error_stage: z.string(),
  error_code: z.string(),
  error_message: z.string(),
  /** Present when a person ended it. */
  revoked: z.object({ by: z.string().max(200), reason: z.string().max(1000) }).optional(),
});
export type PartLost = z.infer<typeof PartLost>;

/** The deadline of a join, published by the server's own scheduler. */
export const JoinOverdue = z.object({ uid: Uid, deadlineAt: z.number() });
export type JoinOverdue = z.infer<typeof JoinOverdue>;
