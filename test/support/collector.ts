import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Value = z.object({ stringValue: z.string().optional(), intValue: z.unknown().optional() }).loose();
const OtlpSpan = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: z.array(z.object({ key: z.string(), value: Value })).default([]),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() }).loose()).default([]),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }).default({}),
});
const Request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: Value })) }),
      scopeSpans: z.array(z.object({ spans: z.array(OtlpSpan) })),
    }),
  ),
});

/** A span as it arrived, with the service that sent it and its attributes by name. */
export type CollectedSpan = Omit<z.infer<typeof OtlpSpan>, "attributes"> & {
  service: string;
  attributes: Record<string, unknown>;
};

/** An OTLP/HTTP collector on a free port that keeps what it is sent; requests that are not OTLP are answered with 400. */
export async function startCollector() {
  const spans: CollectedSpan[] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parsed = Request.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    if (request.method !== "POST" || request.url !== "/v1/traces" || !parsed.success) {
      refused.push(`${request.method} ${request.url} ${parsed.error ?? ""}`);
      response.writeHead(400).end();
      return;
    }
    for (const { resource, scopeSpans } of parsed.data.resourceSpans)
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({
          ...span,
          service: String(named(resource.attributes)["service.name"]),
          attributes: named(span.attributes),
        });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    refused,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function named(attributes: { key: string; value: z.infer<typeof Value> }[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? Object.values(value)[0]]),
  );
}
