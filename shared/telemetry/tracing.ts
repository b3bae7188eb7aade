import { readCommonConfig } from "#shared/config";
import { setTracing } from "./spans.ts";

/** A process that ends waits no longer than this for its collector, ms. */
const FAREWELL_MS = 2_000;
/** How often finished spans leave, ms. */
const SEND_EVERY_MS = 1_000;

/**
 * Sends spans to the OpenTelemetry collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names (OTLP over HTTP); does nothing, and
 * loads nothing, without one. A collector that is away costs spans, never tasks.
 * @param service `service.name` of the spans, e.g. `detect`
 * @returns sends what is left and stops
 */
export async function startTracing(service: string, version = "0"): Promise<() => Promise<void>> {
  const { otelExporterOtlpEndpoint: endpoint } = readCommonConfig();
  if (endpoint === undefined) return async () => {};
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    timeoutMillis: 5_000,
  });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({
      "service.name": service,
      "service.namespace": "penstock",
      "service.version": version,
      "service.instance.id": String(process.pid),
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { scheduledDelayMillis: SEND_EVERY_MS })],
  });
  setTracing({ api, tracer: provider.getTracer("penstock", version) });
  return async () => {
    setTracing(undefined);
    const waited = new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref());
    await Promise.race([provider.shutdown().catch(() => {}), waited]);
  };
}
