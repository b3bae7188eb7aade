import { createHash } from "node:crypto";
import { generationOf, Header } from "#shared/bus";
import { decodeBody, validate } from "#shared/codec";
import { PoisonError } from "#shared/errors";
import { PartName, UID_MAX, Uid } from "#shared/messages";
import type { Pipeline, Stage } from "#shared/pipeline";
import type { Delivery } from "./delivery.ts";

/** Whose task a delivery is; known from subject and headers alone, whatever the body holds. */
export interface TaskIdentity {
  /** `<stage>.<run>` or `<stage>.<run>.<part>`, plus `.g<n>` for the n-th manual retry. */
  id: string;
  /** Type of the message. */
  type: string;
  run: string;
  /** Part of the run, when the message is about one. */
  part?: string;
  generation: number;
}

/** Type and last token of a subject; the token is missing on a bare, anonymous subject. */
function split(subject: string, stage: Stage): { type: string; token: string | undefined } {
  for (const type of stage.takes) {
    if (subject === type) return { type, token: undefined };
    if (subject.startsWith(`${type}.`)) return { type, token: subject.slice(type.length + 1) };
  }
  return { type: stage.takes[0] ?? "", token: subject.split(".").at(-1) };
}

const isUid = (token: string) => Uid.safeParse(token).success;

/** An id for a message that brought none: the same on every delivery, and different in a stream made anew. */
export function mintedId(delivery: Pick<Delivery, "seq" | "storedAt">): string {
  const digest = createHash("sha256").update(`${delivery.seq} ${delivery.storedAt}`).digest("hex");
  return `n${delivery.seq.toString(36)}-${digest.slice(0, 8)}`;
}

export function identify(delivery: Delivery, stage: Stage, bodyUid?: string): TaskIdentity {
  const { type, token } = split(delivery.subject, stage);
  if (stage.lost) return identifyPart(delivery, stage, type, token ?? "");
  // What is no uid cannot name a run: the story of such a message is told under an id of its own.
  const run =
    token === undefined ? (bodyUid ?? mintedId(delivery)) : isUid(token) ? token : mintedId(delivery);
  const generation = generationOf(delivery.headers);
  return { id: `${stage.name}.${run}${generation ? `.g${generation}` : ""}`, type, run, generation };
}

/** `<type>.<run>.<part>`; what cannot be names gets one that is possible, as for whole runs. */
function identifyPart(delivery: Delivery, stage: Stage, type: string, tokens: string): TaskIdentity {
  const [run = "", part = ""] = tokens.split(".");
  const generation = generationOf(delivery.headers);
  const name = PartName.safeParse(part).success ? part : mintedId(delivery);
  const of = isUid(run) ? run : mintedId(delivery);
  const id = `${stage.name}.${of}.${name}${generation ? `.g${generation}` : ""}`;
  return { id, type, run: of, part: name, generation };
}

/** Refuses ids in a subject that cannot be ids (then the task has another), and a body that names another run. */
function checkIds(stage: Stage, token: string, identity: TaskIdentity, uid: string | undefined): void {
  const [run, part] = stage.lost ? token.split(".") : [token];
  if (run === undefined || run !== identity.run)
    throw new PoisonError(
      "BAD_UID",
      `the id "${token.slice(0, 80)}" in the subject is no uid: it has 1 to ${UID_MAX} letters, digits, "_" or "-"`,
    );
  if (part !== identity.part)
    throw new PoisonError(
      "BAD_PART",
      `the part "${String(part).slice(0, 80)}" in the subject is no part's name`,
    );
  if (uid !== undefined && uid !== run)
    throw new PoisonError("UID_MISMATCH", `the subject says "${run}", the message "${uid}"`);
}

/**
 * Decodes and validates a delivery.
 * @param known what {@link identify} said of it
 * @throws PoisonError `UNDECODABLE`, `INVALID_MESSAGE`, `BAD_UID`, `BAD_PART`, `UID_MISMATCH`
 */
export function readDelivery(
  delivery: Delivery,
  pipeline: Pipeline,
  stage: Stage,
  known: TaskIdentity,
): { identity: TaskIdentity; message: Record<string, unknown> } {
  const { type, token } = split(delivery.subject, stage);
  const contentType = delivery.headers?.get(Header.contentType) || undefined;
  const decoded = decodeBody(delivery.data, contentType);
  const message = validate(pipeline.messages[type]!.schema, decoded, type) as Record<string, unknown>;
  const uid = typeof message.uid === "string" ? message.uid : undefined;
  if (token === undefined) return { identity: identify(delivery, stage, uid), message };
  checkIds(stage, token, known, uid);
  return { identity: known, message };
}
