import { z } from "zod";
import { readEnv } from "./read-env.ts";

/** Settings every process understands. */
export const CommonConfig = z.object({
  natsUrl: z
    .string()
    .default("nats://127.0.0.1:4222")
    .describe("Addresses of the NATS servers, comma-separated"),
  natsUser: z.string().optional().describe("NATS user name"),
  natsPassword: z.string().optional().describe("NATS password"),
  natsToken: z.string().optional().describe("NATS token, instead of user and password"),
  natsWaitMs: z
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(60_000)
    .describe("How long a starting service waits for NATS before it gives up"),
  natsCaFile: z
    .string()
    .optional()
    .describe("CA certificate (PEM) the server's TLS certificate is checked against"),
  logLevel: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info")
    .describe("Lowest level that is logged"),
  penstockCodec: z
    .enum(["msgpack", "json"])
    .default("msgpack")
    .describe("How messages are encoded when sent"),
  otelExporterOtlpEndpoint: z
    .url()
    .optional()
    .describe(
      "OpenTelemetry collector that gets spans (OTLP over HTTP), e.g. http://127.0.0.1:4318; none without it",
    ),
  stopGraceMs: z
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(20_000)
    .describe("How long running work may go on after a stop signal, before it is handed over"),
});
export type CommonConfig = z.infer<typeof CommonConfig>;

/** {@link CommonConfig} from the environment. */
export const readCommonConfig = (): CommonConfig => readEnv(CommonConfig);
