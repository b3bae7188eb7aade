// A container's health check: is the service of this container at work? Its user's name says which service it is.
// Workers are asked over NATS, as `nats micro ping` would; those with an HTTP port over HTTP.
import { hostname } from "node:os";
import { z } from "zod";
import { type Bus, busOptions, connectBus } from "#shared/bus";
import { readCommonConfig, readEnv } from "#shared/config";
import { PIPELINES } from "#shared/pipeline";

const HealthConfig = z.object({
  gatewayPort: z.number().int().default(8080),
  exporterPort: z.number().int().default(9808),
});

const TIMEOUT_MS = 5000;
const config = readCommonConfig();
const service = config.natsUser ?? "";
const ports = readEnv(HealthConfig);
const http: Record<string, string> = {
  gateway: `http://127.0.0.1:${ports.gatewayPort}/healthz`,
  exporter: `http://127.0.0.1:${ports.exporterPort}/metrics`,
};

try {
  const address = http[service];
  if (address) {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  } else {
    await using bus = await connectBus({
      ...busOptions(config, `health-${service}`),
      connectTimeoutMs: TIMEOUT_MS,
    });
    if (service === "tracker") await bus.nc.request("penstock.history.status", "{}", { timeout: TIMEOUT_MS });
    else await everyStageAnswers(bus);
  }
} catch (error) {
  console.error(`${service}: ${(error as Error).message}`);
  process.exitCode = 1;
}

/** Other replicas answer too: only workers of this container count, and every stage of the service must have one. */
async function everyStageAnswers(bus: Bus): Promise<void> {
  const stages = PIPELINES.flatMap((pipeline) =>
    Object.values(pipeline.stages).filter((s) => s.service === service),
  );
  if (stages.length === 0) throw new Error(`no pipeline declares a stage in services/${service}`);
  for (const stage of stages)
    if (!(await workersOf(bus, stage.name)).some((worker) => worker.includes(hostname())))
      throw new Error(`no worker of stage ${stage.name} in this container answers`);
}

/** Ids of all workers of a stage that answer. */
async function workersOf(bus: Bus, stage: string): Promise<string[]> {
  const workers: string[] = [];
  try {
    const answers = await bus.nc.requestMany(`$SRV.PING.${stage}`, "", {
      strategy: "stall",
      maxWait: TIMEOUT_MS,
      stall: 500,
    });
    for await (const answer of answers) {
      const { metadata } = answer.json<{ metadata?: { worker?: string } }>();
      if (metadata?.worker) workers.push(metadata.worker);
    }
  } catch (error) {
    if (!/no responders/i.test(String(error))) throw error;
  }
  return workers;
}
