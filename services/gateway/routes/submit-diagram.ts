import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Review, Uid } from "#shared/messages";
import { type SubmitOptions, submit } from "#shared/operate";
import type { App, Env, Gateway } from "../context.ts";
import { boundaryOf, parseMultipart, partText } from "../http/multipart.ts";
import { json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const Links = z.object({
  self: z.string(),
  artifacts: z.string(),
  timeline: z.string(),
  events: z.string(),
});

/** What `POST /api/diagrams` answers. */
export const SubmitAnswer = z.object({
  uid: Uid,
  name: z.string().nullable(),
  state: z.literal("uploaded"),
  /** `<bucket>/<key>` of the drawing as it came. */
  object: z.string(),
  size: z.number().int(),
  links: Links,
});

/** What may be said about the drawing: query parameters, or fields of a multipart body. */
const Fields = z.object({
  name: z.string().optional(),
  review: Review.optional(),
  classes: z.string().optional().describe("comma-separated symbol classes"),
  page: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional()
    .describe("page of a PDF, from 1"),
  meta: z.string().optional().describe("a JSON object, passed through"),
  uid: z.string().optional(),
});

/** `POST /api/diagrams`: takes a drawing as it comes, multipart or raw, and answers when it is stored. */
export function submitDiagram(app: App, gateway: Gateway): void {
  // Registered apart from the handler: a declared body would be read into memory to be validated.
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/api/diagrams",
    tags: ["diagrams"],
    summary: "Hand in a drawing",
    description:
      "The drawing as a multipart/form-data part named `file`, or as the raw body. Fields of the form or query parameters say how to treat it.",
    request: {
      query: Fields,
      body: {
        content: {
          "multipart/form-data": {
            schema: Fields.extend({ file: z.string().openapi({ format: "binary" }) }),
          },
          "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) },
          "image/png": { schema: z.string().openapi({ format: "binary" }) },
          "application/pdf": { schema: z.string().openapi({ format: "binary" }) },
        },
      },
    },
    responses: {
      202: json(SubmitAnswer, "stored; the work begins"),
      413: { description: "over the size limit" },
      ...problems,
    },
  });

  app.post("/api/diagrams", async (c) => {
    const length = Number(c.req.header("content-length") ?? 0);
    // A multipart body may be a little longer than its file.
    if (length > gateway.uploadMaxBytes + 256 * 1024)
      throw new HttpProblem(
        413,
        "UPLOAD_TOO_LARGE",
        `the request has ${length} bytes, the limit is ${gateway.uploadMaxBytes}`,
      );
    const bus = await gateway.bus();
    const limits = { maxBytes: gateway.uploadMaxBytes };
    const body = c.req.raw.body as AsyncIterable<Uint8Array> | null;
    if (body === null) throw new HttpProblem(400, "UPLOAD_EMPTY", "the request has no body");
    const boundary = boundaryOf(c.req.header("content-type"));
    const query = c.req.query();
    const done =
      boundary === undefined
        ? await submit(bus, { stream: body }, toOptions(query), limits)
        : await submitForm(body, boundary, query, (stream, options) =>
            submit(bus, { stream }, options, limits),
          );
    return accepted(c, done);
  });
}

function accepted(c: Context<Env>, done: Awaited<ReturnType<typeof submit>>): Response {
  const self = `/api/diagrams/${done.uid}`;
  c.header("Location", self);
  const answer: z.infer<typeof SubmitAnswer> = {
    uid: done.uid,
    name: done.name ?? null,
    state: "uploaded",
    object: done.object,
    size: done.size,
    links: {
      self,
      artifacts: `${self}/artifacts`,
      timeline: `${self}/timeline`,
      events: `/api/events?uid=${done.uid}`,
    },
  };
  return c.json(answer, 202);
}

/** Reads a form as it comes: fields may stand before or after the file. */
async function submitForm<T>(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  query: Record<string, string>,
  send: (stream: AsyncIterable<Uint8Array>, options: () => SubmitOptions) => Promise<T>,
): Promise<T> {
  const fields: Record<string, string> = { ...query };
  const parts = parseMultipart(body, boundary);
  const nextFile = async () => {
    for (;;) {
      const { done, value: part } = await parts.next();
      if (done) return undefined;
      if (part.filename !== undefined) return part;
      fields[part.name] = await partText(part);
    }
  };
  const file = await nextFile();
  if (!file) throw new HttpProblem(400, "NO_FILE", 'the form has no part with a file; name it "file"');
  // An empty name is what a browser sends for a chooser left alone.
  if (file.filename) fields.name ??= file.filename;
  async function* fileThenRest() {
    if (!file) return;
    yield* file.bytes;
    if (await nextFile())
      throw new HttpProblem(
        400,
        "TOO_MANY_FILES",
        "the form has more than one file; send one request for each",
      );
  }
  return send(fileThenRest(), () => toOptions(fields));
}

/** @throws HttpProblem `BAD_OPTIONS`; unknown fields are left out */
function toOptions(fields: Record<string, string>): SubmitOptions {
  const parsed = Fields.safeParse(fields);
  if (!parsed.success)
    throw new HttpProblem(
      400,
      "BAD_OPTIONS",
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
    );
  const { name, review, classes, page, meta, uid } = parsed.data;
  return {
    ...(name ? { name } : {}),
    ...(review ? { review } : {}),
    ...(classes ? { classes: classes.split(",").map((item) => item.trim()) } : {}),
    ...(page ? { page: Number(page) } : {}),
    ...(meta ? { meta: metaOf(meta) } : {}),
    ...(uid ? { uid } : {}),
  };
}

function metaOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new HttpProblem(400, "BAD_OPTIONS", "meta: must be a JSON object");
}
