import { open } from "node:fs/promises";
import { basename } from "node:path";
import { type Bus, LostRace, lastMessage, openObjects, publishMessage } from "#shared/bus";
import { DiagramUploaded, type Review } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { checkName } from "./check-name.ts";
import { checkUid } from "./check-uid.ts";
import { mintUid } from "./mint-uid.ts";
import { Refusal } from "./refusal.ts";
import { storeUpload } from "./store-upload.ts";

/** What may be said about a drawing when it is handed in. */
export interface SubmitOptions {
  /** Shown to people. @default the file's name */
  name?: string;
  /** @default "none" */
  review?: Review;
  classes?: string[];
  /** Page of a PDF, from 1; all pages when absent. */
  page?: number;
  meta?: Record<string, unknown>;
  /** @default a new one, sorted by time */
  uid?: string;
}

/** Where the drawing comes from. */
export type DrawingSource = { path: string } | { bytes: Uint8Array } | { stream: AsyncIterable<Uint8Array> };

export interface Submitted {
  uid: string;
  name?: string;
  /** `inbox/<key>` */
  object: string;
  /** Bytes. */
  size: number;
  /** Stream sequence of `diagram.uploaded.<uid>`. */
  seq: number;
}

/**
 * Streams a drawing into the object store and starts its run: accepted means both are stored.
 * @param limits.maxBytes largest drawing taken, 200 MB unless told otherwise
 * @throws Refusal `BAD_UID`, `UID_TAKEN`, `BAD_NAME`, `NAME_TOO_LONG`, `BAD_OPTIONS`, `UPLOAD_TOO_LARGE`, `UPLOAD_EMPTY`,
 * `FILE_NOT_FOUND`
 */
export async function submit(
  bus: Bus,
  source: DrawingSource,
  options: SubmitOptions | (() => SubmitOptions) = {},
  limits: { maxBytes?: number } = {},
): Promise<Submitted> {
  const early = typeof options === "function" ? undefined : check(source, options);
  if (early?.uid !== undefined) await refuseTaken(bus, early.uid);
  // The key holds nothing a user wrote.
  const stored = await storeUpload(bus, `${mintUid()}/source`, await bytesOf(source), limits.maxBytes);
  try {
    const checked = early ?? check(source, typeof options === "function" ? options() : options);
    return await announce(bus, stored, checked);
  } catch (error) {
    await discard(bus, stored.object);
    throw error;
  }
}

async function announce(
  bus: Bus,
  stored: { object: string; size: number },
  options: SubmitOptions,
): Promise<Submitted> {
  const uid = options.uid ?? mintUid();
  const body = DiagramUploaded.parse({ ...options, uid, object: stored.object });
  try {
    const span = { name: "submit", kind: "producer", attributes: () => ({ "penstock.run": uid }) } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishMessage(bus, diagramPipeline, {
        type: "diagram.uploaded",
        id: uid,
        body,
        expectLast: 0,
        traceparent,
      }),
    );
    return {
      uid,
      object: stored.object,
      size: stored.size,
      seq,
      ...(body.name === undefined ? {} : { name: body.name }),
    };
  } catch (error) {
    if (error instanceof LostRace) throw taken(uid);
    throw error;
  }
}

const taken = (uid: string) => new Refusal("conflict", "UID_TAKEN", `there is a diagram "${uid}" already`);

async function refuseTaken(bus: Bus, uid: string): Promise<void> {
  if (await lastMessage(bus, diagramPipeline.stream, `diagram.uploaded.${uid}`)) throw taken(uid);
}

/** Options with names cut to their last part; everything else as the message's schema has it. */
function check(source: DrawingSource, options: SubmitOptions): SubmitOptions {
  const checked = { ...options };
  if (checked.uid !== undefined) checked.uid = checkUid(checked.uid);
  const name = checked.name ?? ("path" in source ? basename(source.path) : undefined);
  if (name !== undefined) checked.name = checkName(name);
  const result = DiagramUploaded.safeParse({ ...checked, object: "inbox/x" });
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join(".") || "options"}: ${issue.message}`,
    );
    throw new Refusal("invalid", "BAD_OPTIONS", problems.join("; "));
  }
  return checked;
}

async function bytesOf(source: DrawingSource): Promise<AsyncIterable<Uint8Array>> {
  if ("stream" in source) return source.stream;
  if ("bytes" in source) return one(source.bytes);
  try {
    const file = await open(source.path);
    return file.createReadStream({ highWaterMark: 256 * 1024 });
  } catch (cause) {
    throw new Refusal(
      "missing",
      "FILE_NOT_FOUND",
      `${source.path} cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** Takes back what was stored for a drawing that was not accepted; what cannot be taken back now only costs room. */
async function discard(bus: Bus, object: string): Promise<void> {
  try {
    const inbox = await openObjects(bus, "inbox");
    await inbox.delete(object.slice("inbox/".length));
  } catch {
    // The reason the drawing was refused is what the caller must hear.
  }
}
