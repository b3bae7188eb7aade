import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { startTask } from "#shared/operate";
import type { App, Env, Gateway } from "../context.ts";
import { awaitTask, resultOf } from "../flower/await-task.ts";
import { knownTask } from "../flower/task-filter.ts";
import { actorOf, json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

/** Longest `apply` waits; Flower waits for ever, and so do its callers. */
const APPLY_MS = 3_600_000;

const Call = z
  .object({ args: z.array(z.unknown()).default([]), kwargs: z.record(z.string(), z.unknown()).default({}) })
  .loose();

const Answer = z.object({ "task-id": z.string(), state: z.string(), result: z.unknown().optional() });

const WAYS = {
  apply: "Start a task and wait for its result",
  "async-apply": "Start a task",
  "send-task": "Start a task by its name",
} as const;

/**
 * Flower's ways to start a task: the stage's task with `kwargs` (or one dictionary in `args`) as its message, in a new run.
 * Options of `apply_async` have no meaning here and are refused rather than overlooked.
 */
export function flowerStart(app: App, gateway: Gateway): void {
  for (const [way, summary] of Object.entries(WAYS)) {
    app.openAPIRegistry.registerPath({
      method: "post",
      path: `/api/task/${way}/{name}`,
      tags: ["flower"],
      summary,
      description:
        '`kwargs` is the message the stage takes; without `uid` it gets one. For `ingest` that is `diagram.uploaded`: `{"kwargs": {"object": "inbox/sheet.png"}}`.',
      request: {
        params: z.object({ name: z.string().describe("`ingest` or `diagram.ingest`") }),
        body: { content: { "application/json": { schema: Call } } },
      },
      responses: { 200: json(Answer, "started"), ...problems },
    });
    app.post(`/api/task/${way}/:name`, async (c) => {
      const { task } = await start(c, gateway, c.req.param("name"));
      if (way !== "apply") return c.json({ "task-id": task, state: "PENDING" }, 200);
      const done = await awaitTask(gateway, task, APPLY_MS, c.req.raw.signal);
      return c.json(await resultOf(gateway, task, done), 200);
    });
  }
}

async function start(c: Context<Env>, gateway: Gateway, name: string) {
  const stage = knownTask(name);
  const { args, kwargs, ...options } = await readCall(c);
  const [option] = Object.keys(options);
  if (option !== undefined)
    throw new HttpProblem(
      400,
      "BAD_OPTIONS",
      `Invalid option: "${option.slice(0, 60)}" has no meaning here; a task takes args and kwargs`,
    );
  const [only = {}] = args;
  const isMessage = typeof only === "object" && only !== null && !Array.isArray(only);
  if (args.length > 1 || !isMessage)
    throw new HttpProblem(
      400,
      "BAD_OPTIONS",
      `task ${stage.name} takes one message: send it as kwargs, or as the one dictionary in args`,
    );
  return startTask(await gateway.bus(), stage, { ...only, ...kwargs }, actorOf(c, undefined));
}

/** The body as Flower reads it: JSON whatever its type says, an empty one for no arguments. */
async function readCall(c: Context<Env>): Promise<z.infer<typeof Call>> {
  const text = await c.req.text();
  try {
    return Call.parse(text.trim() === "" ? {} : JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HttpProblem(400, "BAD_REQUEST", `the body is not JSON: ${error.message}`);
  }
}
