export { createLogger, type Logger } from "./logger.ts";
export { inSpan, type Span, type SpanAttributes, type SpanOptions, startSpan } from "./spans.ts";
export { childTraceparent, newTraceparent } from "./trace.ts";
export { startTracing } from "./tracing.ts";
