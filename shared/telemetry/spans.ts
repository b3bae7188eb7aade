import type { Span as OtelSpan, SpanKind, Tracer } from "@opentelemetry/api";
import { childTraceparent } from "./trace.ts";

/** What a span is about: ids are fine here, unlike in metrics. Absent values are left out. */
export type SpanAttributes = Record<string, string | number | boolean | undefined>;

export interface SpanOptions {
  name: string;
  /** `traceparent` header of the message that led here; a new trace begins without one. */
  parent?: string | undefined;
  /** `traceparent` headers of other messages that led here: the parts of a join. */
  links?: readonly string[];
  /** `consumer` works on a message, `producer` is what a person or a program hands in. */
  kind: "consumer" | "producer";
  /** Asked only when somebody collects. */
  attributes?: () => SpanAttributes;
  /** Epoch milliseconds. @default now */
  startedAt?: number;
}

/** One piece of work of a trace. Without a collector it is only its `traceparent`. */
export interface Span {
  /** Header of what this work publishes. */
  readonly traceparent: string;
  /** Marks a moment within it. */
  event(name: string, attributes?: SpanAttributes): void;
  /** @param error why it failed; absent when it did not */
  end(error?: { code: string; message: string }): void;
}

/** The parts of the OpenTelemetry API a span needs, present once tracing was started. */
export interface ActiveTracing {
  api: typeof import("@opentelemetry/api");
  tracer: Tracer;
}

let active: ActiveTracing | undefined;

/** Turns spans on or off; `startTracing` calls it. */
export function setTracing(tracing: ActiveTracing | undefined): void {
  active = tracing;
}

/** Begins a span. Costs no more than making an id while no collector is named. */
export function startSpan(options: SpanOptions): Span {
  if (!active) return new QuietSpan(options.parent);
  const { api, tracer } = active;
  const kinds: Record<SpanOptions["kind"], SpanKind> = {
    consumer: api.SpanKind.CONSUMER,
    producer: api.SpanKind.PRODUCER,
  };
  const parent = contextOf(active, options.parent);
  const links = (options.links ?? []).flatMap((link) => {
    const context = api.trace.getSpanContext(contextOf(active!, link));
    return context ? [{ context }] : [];
  });
  const span = tracer.startSpan(
    options.name,
    {
      kind: kinds[options.kind],
      attributes: present(options.attributes?.()),
      links,
      ...(options.startedAt === undefined ? {} : { startTime: options.startedAt }),
    },
    parent,
  );
  return recorded(active, span);
}

/** Runs something inside a span that ends with it, failed when it throws. */
export async function inSpan<T>(options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const span = startSpan(options);
  try {
    const result = await work(span);
    span.end();
    return result;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    span.end({ code: code ?? "ERROR", message: message ?? String(error) });
    throw error;
  }
}

/** A span nobody collects: an id, when it is asked for. */
class QuietSpan implements Span {
  readonly #parent: string | undefined;
  #traceparent: string | undefined;

  constructor(parent: string | undefined) {
    this.#parent = parent;
  }

  get traceparent(): string {
    this.#traceparent ??= childTraceparent(this.#parent);
    return this.#traceparent;
  }

  event(): void {}

  end(): void {}
}

function recorded({ api }: ActiveTracing, span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`,
    event: (name, attributes) => {
      span.addEvent(name, present(attributes));
    },
    end(error) {
      if (error) {
        span.setAttribute("error.type", error.code);
        span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message.slice(0, 500) });
      }
      span.end();
    },
  };
}

/** A context whose parent is a `traceparent` header (W3C Trace Context); the root without a valid one. */
function contextOf({ api }: ActiveTracing, traceparent: string | undefined) {
  const match = traceparent?.match(/^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/);
  if (!match) return api.ROOT_CONTEXT;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, {
    traceId: match[1]!,
    spanId: match[2]!,
    traceFlags: Number.parseInt(match[3]!, 16),
    isRemote: true,
  });
}

function present(attributes: SpanAttributes = {}): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (pair): pair is [string, string | number | boolean] => pair[1] !== undefined,
    ),
  );
}
