import { errors as natsErrors } from "@nats-io/nats-core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { PenstockError } from "#shared/errors";
import { Refusal, type RefusalReason } from "#shared/operate";

/** An RFC 9457 problem document, with a stable code and the request's id beside the standard members. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  /** SCREAMING_SNAKE; see docs/failures.md. */
  code: z.string(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

const STATUS_OF: Record<RefusalReason, ContentfulStatusCode> = {
  invalid: 400,
  missing: 404,
  conflict: 409,
  "too-large": 413,
};

const NATS_IS_AWAY = [
  natsErrors.TimeoutError,
  natsErrors.RequestError,
  natsErrors.NoRespondersError,
  natsErrors.ConnectionError,
  natsErrors.ClosedConnectionError,
  natsErrors.DrainingConnectionError,
];

/** A stream or consumer that was never made, or is of a pipeline this NATS does not know yet. */
function isTopologyMissing(error: unknown): boolean {
  return error instanceof Error && /^(Stream|Consumer)NotFoundError$/.test(error.name);
}

/** JetStream is still starting, or has no leader just now. */
function isJetStreamAway(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === "JetStreamNotEnabled" || error.name === "JetStreamStatusError")
  );
}

const TITLES: Record<number, string> = {
  400: "The request is wrong",
  401: "Who are you?",
  403: "Not allowed",
  404: "Not found",
  405: "Not that way",
  409: "Not in this state",
  413: "Too large",
  421: "Wrong host",
  429: "Too many",
  500: "Unexpected",
  503: "Not available now",
};

/** What an error means over HTTP. What nobody classified says nothing about our insides. */
export function toProblem(error: unknown): {
  status: ContentfulStatusCode;
  code: string;
  detail: string;
  known: boolean;
} {
  if (error instanceof Refusal)
    return { status: STATUS_OF[error.reason], code: error.code, detail: error.message, known: true };
  if (error instanceof HTTPException)
    return {
      status: error.status,
      code: codeOf(error),
      detail: error.message || "the request is wrong",
      known: true,
    };
  if (error instanceof PenstockError) {
    if (error.kind === "retryable")
      return { status: 503, code: error.code, detail: error.message, known: true };
    if (error.kind === "fatal") return { status: 500, code: error.code, detail: error.message, known: false };
    return {
      status: /_NOT_FOUND$|_UNKNOWN$/.test(error.code) ? 404 : 400,
      code: error.code,
      detail: error.message,
      known: true,
    };
  }
  if (NATS_IS_AWAY.some((kind) => error instanceof kind) || isJetStreamAway(error))
    return {
      status: 503,
      code: "BUS_UNREACHABLE",
      detail: `NATS does not answer: ${(error as Error).message}`,
      known: true,
    };
  if (isTopologyMissing(error))
    return {
      status: 503,
      code: "TOPOLOGY_MISSING",
      detail: `a stream or consumer does not exist on this NATS (${(error as Error).message}); run "penstock topology" against it`,
      known: true,
    };
  return {
    status: 500,
    code: "UNEXPECTED",
    detail: "something went wrong that nobody has named; the log has it under this request's id",
    known: false,
  };
}

function codeOf(error: HTTPException): string {
  const named = (error as { code?: unknown }).code;
  if (typeof named === "string") return named;
  return error.status === 400 ? "BAD_REQUEST" : `HTTP_${error.status}`;
}

/** An HTTP error with a code of ours. */
export class HttpProblem extends HTTPException {
  readonly code: string;

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(status, { message });
    this.code = code;
  }
}

/** Answers with a problem document. */
export function problemResponse(
  c: Context,
  problem: { status: ContentfulStatusCode; code: string; detail: string },
): Response {
  const body: Problem = {
    type: "about:blank",
    title: TITLES[problem.status] ?? "Failed",
    status: problem.status,
    detail: problem.detail,
    instance: c.req.path,
    code: problem.code,
    requestId: c.get("requestId") ?? "",
  };
  if (problem.status === 503) c.header("Retry-After", "2");
  c.header("Content-Type", "application/problem+json");
  return c.body(JSON.stringify(body), problem.status);
}
