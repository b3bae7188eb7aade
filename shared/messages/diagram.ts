import { z } from "zod";
import { ArtifactRef } from "./artifact.ts";
import { Quality } from "./quality.ts";
import { Uid } from "./uid.ts";

/** Who looks at intermediate results: nobody, people when scores are low, always people, people in CVAT. */
export const Review = z.enum(["none", "auto", "manual", "cvat"]);
export type Review = z.infer<typeof Review>;

/** The three places where a diagram may wait for a person. */
export const Gate = z.enum(["annotation", "masks", "graph"]);
export type Gate = z.infer<typeof Gate>;

const options = {
  /** Shown to people; never used to build a path or key. */
  name: z.string().max(300).optional(),
  review: Review.default("none"),
  /** Only these symbol classes are reported, when given. */
  classes: z.array(z.string().max(200)).max(1000).optional(),
  /** Page of a PDF or multi-page TIFF, from 1. */
  page: z.number().int().min(1).max(10_000).optional(),
  /** Passed through untouched. */
  meta: z.record(z.string(), z.unknown()).optional(),
};

/** `diagram.uploaded`: the only message a user has to know. */
export const DiagramUploaded = z
  .object({
    uid: Uid.optional(),
    ...options,
    /** `<bucket>/<key>` of the source in an object store. */
    object: z
      .string()
      .max(600)
      .regex(/^[A-Za-z0-9_-]+\/.+$/, 'object must read "<bucket>/<key>"')
      .optional(),
    /** A path below the ingest service's own drop folder; refused unless one is configured. */
    file: z.string().max(1000).optional(),
  })
  .refine((m) => (m.object === undefined) !== (m.file === undefined), {
    message: 'give either "object" ("<bucket>/<key>") or "file"',
  });
export type DiagramUploaded = z.infer<typeof DiagramUploaded>;

/** What every event after ingest carries: enough for any stage to work without asking anybody else. */
export const DiagramEvent = z.object({
  uid: Uid,
  ...options,
  /** Every artifact of the diagram so far, by contract name (`sheet.png`, `pipe_mask.png`, …). */
  artifacts: z.record(z.string().max(100), ArtifactRef),
  sheet: z.object({ widthPx: z.number().int().positive(), heightPx: z.number().int().positive() }).optional(),
  /** Typical width of a process line, in sheet pixels; known after segment. */
  lineWidthPx: z.number().positive().optional(),
  /** How much was found: symbols, pipes, junctions, nodes, edges. */
  counts: z.record(z.string().max(60), z.number()).default({}),
  /** Lowest certainty among the items each gate would show a person, 0..1. */
  confidence: z.partialRecord(Gate, z.number().min(0).max(1)).default({}),
  /** Reasons to distrust the result (`LOW_CONTRAST`, `SKEWED`, …). */
  warnings: z.array(z.string().max(300)).max(100).default([]),
  /** How far sheet and reading can be trusted; an automatic review passes no diagram that scores low. */
  quality: Quality.optional(),
  /** Which version of each model made it: `{ detector: "v3" }`. */
  models: z.record(z.string().max(60), z.string().max(200)).default({}),
  /** Who approved which gate. */
  approvals: z
    .partialRecord(Gate, z.object({ by: z.string().max(200), at: z.number(), corrected: z.boolean() }))
    .default({}),
});
export type DiagramEvent = z.infer<typeof DiagramEvent>;

/** `diagram.split`: a multi-page source became one diagram per page. */
export const DiagramSplit = z.object({ uid: Uid, ...options, pages: z.array(Uid).min(1) });
export type DiagramSplit = z.infer<typeof DiagramSplit>;

/** `diagram.failed`: the diagram ended in state `error`. */
export const DiagramFailed = z.object({
  uid: Uid,
  name: z.string().max(300).optional(),
  error_stage: z.string(),
  error_code: z.string(),
  error_message: z.string(),
});
export type DiagramFailed = z.infer<typeof DiagramFailed>;

/** `diagram.revoked`: a person ended the diagram. */
export const DiagramRevoked = z.object({
  uid: Uid,
  by: z.string().max(200).default("unknown"),
  reason: z.string().max(1000).default(""),
});
export type DiagramRevoked = z.infer<typeof DiagramRevoked>;

/** What a stage adds to the event it was given. */
export type DiagramChange = Partial<Omit<DiagramEvent, "uid">>;

/** The next event of a diagram: the one before it with artifacts, counts and confidence merged in. */
export function carry(event: DiagramEvent, change: DiagramChange): DiagramEvent {
  return {
    ...event,
    ...change,
    artifacts: { ...event.artifacts, ...change.artifacts },
    counts: { ...event.counts, ...change.counts },
    confidence: { ...event.confidence, ...change.confidence },
    models: { ...event.models, ...change.models },
    approvals: { ...event.approvals, ...change.approvals },
    warnings: change.warnings ? [...event.warnings, ...change.warnings] : event.warnings,
  };
}
