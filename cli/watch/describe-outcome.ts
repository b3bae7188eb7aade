import { GATES, type GATES as Gates } from "#shared/pipeline";
import { Exit } from "../exit.ts";
import { paint, paintState } from "../style.ts";
import type { RunOutcome } from "./watch-run.ts";

/** One or two lines on how a diagram ended, or what it waits for. */
export function describeOutcome(outcome: RunOutcome): string {
  const { uid, state, body } = outcome;
  if (state === "error")
    return `${paintState("error")}  ${uid}: stage ${body.error_stage} says: ${body.error_message} [${body.error_code}]\n  penstock retry ${uid}`;
  if (state === "revoked")
    return `${paintState("revoked")}  ${uid}, by ${body.by}${body.reason ? `: ${body.reason}` : ""}`;
  if (state === "split") {
    const pages = (body.pages ?? []) as string[];
    return `${paintState("split")}  ${uid}: ${pages.length} pages, each a diagram of its own: ${pages.slice(0, 5).join(" ")}${pages.length > 5 ? " …" : ""}`;
  }
  const gate = (Object.keys(GATES) as (keyof typeof Gates)[]).find(
    (name) => GATES[name].waiting === `diagram.${state}`,
  );
  if (gate) return `${paintState(state)}  ${uid} waits for a person\n  penstock approve ${gate} ${uid}`;
  const counts = Object.entries((body.counts ?? {}) as Record<string, number>).map(
    ([what, n]) => `${n} ${what}`,
  );
  return `${paintState(state)}  ${uid}${counts.length ? paint("gray", `  ${counts.join(", ")}`) : ""}`;
}

/** The exit code of having watched a diagram. */
export const exitOf = (outcome: RunOutcome): number =>
  outcome.state === "error" || outcome.state === "revoked" ? Exit.watchedFailed : Exit.ok;
