export { createLogger, type Logger } from "./logger.ts";
export { childTraceparent, newTraceparent } from "./trace.ts";
