import { objectArtifacts } from "#shared/artifacts";
import { type Bus, Header, LostRace, publishMessage } from "#shared/bus";
import { carry, DiagramEvent, type Gate } from "#shared/messages";
import { DIAGRAM_ARTIFACTS, diagramPipeline, GATES } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { type Actor, audit, signed } from "./audit.ts";
import { checkCorrection } from "./check-correction.ts";
import { dropDraft } from "./drafts.ts";
import { mintUid } from "./mint-uid.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, readRun } from "./run-events.ts";
import { alreadyApproved, waitingAt } from "./waiting-at.ts";

export interface Approval {
  uid: string;
  gate: Gate;
  corrected: boolean;
  /** Stream sequence of the approved event. */
  seq: number;
}

/**
 * Lets a diagram that waits at a gate go on, with a corrected artifact or as it is. Of two people who approve at once,
 * one wins and the other is told.
 * @param options.seq stream sequence of the waiting event that was looked at: after a retry the diagram waits by another
 * @throws Refusal `RUN_NOT_FOUND`, `NOT_WAITING`, `ALREADY_APPROVED`, `WAITS_ANEW`, and as `checkCorrection`
 */
export async function approve(
  bus: Bus,
  gate: Gate,
  uid: string,
  options: Actor & { artifact?: Uint8Array; seq?: number },
): Promise<Approval> {
  const spec = GATES[gate];
  const run = await readRun(bus, diagramPipeline, uid);
  const waiting = waitingAt(run, gate);
  if (options.seq !== undefined && options.seq !== waiting.seq)
    throw new Refusal(
      "conflict",
      "WAITS_ANEW",
      `diagram "${uid}" ran again and waits by message ${waiting.seq}; what was looked at is of message ${options.seq}`,
    );
  const event = DiagramEvent.parse(waiting.body());
  if (options.artifact) checkCorrection(gate, uid, event.sheet, options.artifact);
  const artifact = options.artifact
    ? await objectArtifacts(bus, () => `${uid}/approve-${gate}-${mintUid()}`, DIAGRAM_ARTIFACTS).put(
        spec.artifact,
        options.artifact,
      )
    : event.artifacts[spec.from];
  if (!artifact)
    throw new Refusal(
      "conflict",
      "ARTIFACT_MISSING",
      `diagram "${uid}" has no ${spec.from} to accept as it is`,
    );
  const corrected = options.artifact !== undefined;
  const body = carry(event, {
    artifacts: { [spec.artifact]: artifact },
    approvals: { [gate]: { by: options.by, at: Date.now(), corrected } },
  });
  try {
    const span = {
      name: "approve",
      kind: "producer",
      parent: waiting.headers.get(Header.traceparent) || undefined,
      attributes: () => ({ "penstock.run": uid }),
    } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishMessage(bus, diagramPipeline, {
        type: spec.approved,
        id: uid,
        body,
        generation: waiting.generation,
        cause: waiting.seq,
        expectLast: eventOf(run, spec.approved)?.seq ?? 0,
        traceparent,
      }),
    );
    await audit(bus, { action: "approve", target: uid, ...signed(options), details: { gate, corrected } });
    // What was handed in is the truth now; a draft that stays behind would only be offered again after a retry.
    await dropDraft(bus, gate, uid).catch(() => undefined);
    return { uid, gate, corrected, seq };
  } catch (error) {
    if (error instanceof LostRace) throw alreadyApproved(uid, gate);
    throw error;
  }
}
