import { HttpProblem } from "../http/problem.ts";

const PER_MINUTE = { s: 60, m: 1, h: 1 / 60 } as const;

/**
 * Celery's rate limit as starts per minute: `10/m`, `100/h`, `5/s`, a bare number per second; 0 is no limit.
 * @throws HttpProblem `BAD_REQUEST`
 */
export function perMinute(text: string): number | null {
  const match = text.trim().match(/^(\d{1,9}(?:\.\d{1,9})?)(?:\/([smh]))?$/);
  if (!match)
    throw new HttpProblem(
      400,
      "BAD_REQUEST",
      `ratelimit: "${text.slice(0, 40)}" reads like 10/m, 5/s or 100/h`,
    );
  const rate = Number(match[1]) * PER_MINUTE[(match[2] ?? "s") as "s" | "m" | "h"];
  return rate === 0 ? null : rate;
}
