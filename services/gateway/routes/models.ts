import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createRoute, z } from "@hono/zod-openapi";
import { MODEL_NAMES } from "#shared/messages";
import {
  addModel,
  checkModelName,
  listModels,
  MODEL_MAX_BYTES,
  promoteModel,
  removeModel,
  rollbackModel,
  showModel,
} from "#shared/models";
import { limited } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems } from "../http/openapi.ts";

const ModelVersion = z
  .object({
    name: z.string(),
    version: z.string().describe("`v<number>`, or `shipped` for the package's own file"),
    createdAt: z.number(),
    by: z.string(),
    reason: z.string().nullable(),
    size: z.number().int().describe("bytes"),
    digest: z.string().describe("SHA-256 of the file, hex"),
    dataset: z.string().nullable(),
    metrics: z.record(z.string(), z.number()),
    score: z.number().nullable(),
    lineage: z.object({
      run: z.string().nullable(),
      parent: z.string().nullable(),
      trainer: z.string().nullable(),
    }),
    state: z.enum(["candidate", "live", "previous", "retired", "shipped"]),
    classes: z.number().int().describe("how many classes it names"),
  })
  .openapi("ModelVersion");

const LiveChange = z.object({
  version: z.string().nullable(),
  at: z.number(),
  by: z.string(),
  reason: z.string().nullable(),
});

const Model = z
  .object({
    name: z.string(),
    job: z.string(),
    live: z.string().nullable(),
    previous: z.string().nullable(),
    history: z.array(LiveChange).describe("changes of what is live, newest first"),
    versions: z.array(ModelVersion).describe("newest first"),
  })
  .openapi("Model");

const NameParam = z.object({ name: z.string().max(60).describe(MODEL_NAMES.join(", ")) });
const VersionParam = NameParam.extend({ version: z.string().max(20) });

const list = createRoute({
  method: "get",
  path: "/api/models",
  tags: ["models"],
  summary: "Models with their versions",
  responses: { 200: json(z.object({ models: z.array(Model) }), "all of them"), ...problems },
});

const show = createRoute({
  method: "get",
  path: "/api/models/{name}",
  tags: ["models"],
  summary: "One model with its versions",
  request: { params: NameParam },
  responses: { 200: json(Model, "the model"), ...problems },
});

const promoteRoute = createRoute({
  method: "post",
  path: "/api/models/{name}/promote",
  tags: ["models"],
  summary: "Make a version live",
  description:
    "The file is tried first. Of two who promote at once one wins, the other gets 409 PROMOTED_MEANWHILE. Workers use the version from their next task on.",
  request: {
    params: NameParam,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: Actor.extend({
            version: z.string().max(20),
            expected: z.string().max(20).nullable().optional().describe("the version that must be live now"),
          }),
        },
      },
    },
  },
  responses: { 200: json(ModelVersion, "the version that is live now"), ...problems },
});

const rollbackRoute = createRoute({
  method: "post",
  path: "/api/models/{name}/rollback",
  tags: ["models"],
  summary: "Go back to the version that was live before",
  request: { params: NameParam, ...body(Actor) },
  responses: { 200: json(ModelVersion, "the version that is live now"), ...problems },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/api/models/{name}/versions/{version}",
  tags: ["models"],
  summary: "Delete a version that is neither live nor previous",
  request: { params: VersionParam, ...body(Actor) },
  responses: { 200: json(z.object({ removed: z.string() }), "gone"), ...problems },
});

/** What may be said of a file, in the query. */
const Said = z.object({
  by: Actor.shape.by,
  reason: Actor.shape.reason,
  names: z
    .string()
    .max(100_000)
    .optional()
    .describe("comma-separated class names, in the place of the file's own"),
});

/** Models: look, add a version, make one live, go back, delete. */
export function models(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => c.json({ models: await listModels(await gateway.bus()) }, 200));
  app.openapi(show, async (c) =>
    c.json(await showModel(await gateway.bus(), c.req.valid("param").name), 200),
  );
  app.openapi(promoteRoute, async (c) => {
    const { version, expected, ...said } = c.req.valid("json");
    const options = { ...actorOf(c, said), version, ...(expected === undefined ? {} : { expected }) };
    return c.json(await promoteModel(await gateway.bus(), c.req.valid("param").name, options), 200);
  });
  app.openapi(rollbackRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json(await rollbackModel(await gateway.bus(), c.req.valid("param").name, actor), 200);
  });
  app.openapi(removeRoute, async (c) => {
    const { name, version } = c.req.valid("param");
    const actor = actorOf(c, c.req.valid("json"));
    await removeModel(await gateway.bus(), name, { ...actor, version });
    return c.json({ removed: version }, 200);
  });
  // Registered apart from the handler: a declared body would be read into memory to be validated.
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/api/models/{name}",
    tags: ["models"],
    summary: "Add a version: the raw ONNX file",
    description:
      "The file is tried in a process of its own (weights, shapes, names, one run) before it is kept. Nothing is promoted.",
    request: {
      params: NameParam,
      query: Said,
      body: { required: true, content: { "application/octet-stream": { schema: z.any() } } },
    },
    responses: { 201: json(ModelVersion, "the version"), ...problems },
  });
  app.post("/api/models/:name", async (c) => {
    const name = checkModelName(c.req.param("name"));
    const said = Said.parse(c.req.query());
    const names = said.names
      ?.split(",")
      .map((each) => each.trim())
      .filter(Boolean);
    const path = join(tmpdir(), `penstock-upload-${randomBytes(8).toString("hex")}.onnx`);
    try {
      const source = (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>;
      await pipeline(
        () => limited(source, MODEL_MAX_BYTES, "model"),
        createWriteStream(path, { mode: 0o600 }),
      );
      const about = { ...actorOf(c, said), ...(names?.length ? { names } : {}) };
      return c.json(await addModel(await gateway.bus(), name, { path }, about), 201);
    } finally {
      await rm(path, { force: true });
    }
  });
}
