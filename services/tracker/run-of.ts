import { PartName, Uid } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { mintedId } from "#shared/stage";

/**
 * Type and run of a message from its subject: `<type>.<run>`, `<type>.<run>.<part>`, or a bare `<type>` whose run is named
 * by the body, or by the same rule as the workers'.
 * @returns null for a subject the pipeline does not declare, and for what is about no run
 */
export function runOf(
  pipeline: Pipeline,
  message: { subject: string; seq: number; at: number },
  body: Record<string, unknown> | null,
): { type: string; run: string; part?: string } | null {
  const tokens = message.subject.split(".");
  for (let length = tokens.length; length > 0; length--) {
    const type = tokens.slice(0, length).join(".");
    const spec = pipeline.messages[type];
    if (!spec) continue;
    if (spec.single) return null;
    const token = tokens[length];
    if (spec.part) {
      const [run, part, ...more] = tokens.slice(length);
      const isNamed = Uid.safeParse(run).success && PartName.safeParse(part).success && more.length === 0;
      return isNamed ? { type, run: run!, part: part! } : null;
    }
    // Workers give what people published under an impossible id one that is possible; here it is the same.
    const broken = spec.anonymous && (tokens.length > length + 1 || !Uid.safeParse(token).success);
    if (token !== undefined && !broken) return { type, run: token };
    if (token !== undefined) return { type, run: mintedId({ seq: message.seq, storedAt: message.at }) };
    // Workers believe a uid only in a body that is whole.
    const uid = body && spec.schema.safeParse(body).success ? body.uid : undefined;
    return {
      type,
      run: typeof uid === "string" ? uid : mintedId({ seq: message.seq, storedAt: message.at }),
    };
  }
  return null;
}
