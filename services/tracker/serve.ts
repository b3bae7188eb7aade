import { type ServiceMsg, Svcm } from "@nats-io/services";
import { z } from "zod";
import { type Bus, untilAnswered } from "#shared/bus";
import { PenstockError, toFailure } from "#shared/errors";
import { type AnswerOf, ENDPOINTS, type EndpointName, type QueryOf } from "#shared/history";
import { packageVersion } from "#shared/stage";

/** What answers each question. */
export type Answers = { [N in EndpointName]: (query: QueryOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>> };

/** Registers micro service `tracker` (`nats micro ls`) with one endpoint per question; they answer when it returns. */
export async function serve(
  bus: Bus,
  tracker: string,
  answers: Answers,
): Promise<{ stop(): Promise<unknown> }> {
  const service = await new Svcm(bus.nc).add({
    name: "tracker",
    version: packageVersion(),
    description: "history of runs, tasks and workers",
    metadata: { tracker, pid: String(process.pid) },
  });
  for (const [name, { subject, query }] of Object.entries(ENDPOINTS))
    service.addEndpoint(name.replace(".", "-"), {
      subject,
      handler: (error, message) => {
        if (!error) void answer(message, query, answers[name as EndpointName] as (query: unknown) => unknown);
      },
    });
  // Who starts a tracker may ask it at once, on any connection: the server has to know all endpoints by then.
  await untilAnswered(bus, () => bus.nc.flush());
  return { stop: () => service.stop() };
}

async function answer(
  message: ServiceMsg,
  query: z.ZodType,
  act: (query: unknown) => unknown,
): Promise<void> {
  try {
    const parsed = query.safeParse(message.data.length > 0 ? message.json() : {});
    if (!parsed.success)
      return refuse(message, "BAD_QUERY", z.prettifyError(parsed.error).replaceAll("\n", "; "));
    message.respond(JSON.stringify(await act(parsed.data)));
  } catch (thrown) {
    const { code, message: sentence } = toFailure(thrown);
    refuse(message, thrown instanceof PenstockError ? code : "TRACKER_FAILED", sentence);
  }
}

/** A number for `nats micro`, the sentence in its header, and code and sentence as JSON for our own client. */
function refuse(message: ServiceMsg, code: string, sentence: string): void {
  const status = /_NOT_FOUND$/.test(code) ? 404 : /^BAD_|_UNKNOWN$/.test(code) ? 400 : 500;
  const line = sentence.replace(/\s+/g, " ").slice(0, 500);
  message.respondError(status, line, JSON.stringify({ code, message: sentence.slice(0, 4000) }));
}
