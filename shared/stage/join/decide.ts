import type { JoinPolicy } from "#shared/messages";

/** How one part stands now. */
export type PartStanding = "succeeded" | "failed" | "revoked" | "pending";

/** How a join ends. */
export type JoinOutcome = "success" | "partial" | "failed" | "timed_out";

/** How many successes a policy asks of a number of parts. */
export function neededOf(policy: JoinPolicy, parts: number): number {
  if (policy === "all") return parts;
  return "atLeast" in policy ? policy.atLeast : policy.first;
}

/**
 * Decides a join by its policy; null while it is open. What can no longer be met fails at once: nobody waits for parts
 * that change nothing.
 * @param overdue the deadline has come: every join ends then
 */
export function decideJoin(
  policy: JoinPolicy,
  standings: readonly PartStanding[],
  overdue: boolean,
): JoinOutcome | null {
  const count = (...wanted: PartStanding[]) => standings.filter((each) => wanted.includes(each)).length;
  const needed = neededOf(policy, standings.length);
  const succeeded = count("succeeded");
  if (standings.length - count("failed", "revoked") < needed) return "failed";
  const enough = succeeded >= needed;
  const open = count("pending") > 0;
  const waits = policy !== "all" && "atLeast" in policy && open && !overdue;
  if (enough && !waits) return succeeded === standings.length ? "success" : "partial";
  return overdue ? "timed_out" : null;
}
