import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { type Bus, busOptions, checkTopology, connectBus } from "#shared/bus";
import { historyClient } from "#shared/history";
import { MIN_NATS_SERVER } from "#shared/nats-server";
import { PIPELINES } from "#shared/pipeline";
import { readCliConfig } from "../config.ts";
import { bytes } from "../format.ts";
import { packageFolder } from "../package-folder.ts";
import { shippedModels } from "../shipped-models.ts";
import type { Finding } from "./finding.ts";

const NODE_MIN: [number, number] = [20, 19];
/** Less free disk than this and a day's work may not fit, in bytes. */
const DISK_MIN = 2_000_000_000;

/** Every check, in the order in which one would look. None throws. */
export const checks: (() => Promise<Finding>)[] = [
  node,
  natsServer,
  reachable,
  streams,
  workers,
  models,
  disk,
];

async function node(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fine = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  const found = `${process.versions.node} on ${process.platform} ${process.arch}`;
  if (fine) return { what: "node", state: "ok", found };
  return { what: "node", state: "problem", found, todo: `install Node ${NODE_MIN.join(".")} or newer` };
}

async function natsServer(): Promise<Finding> {
  const { findNatsServer } = await import("#shared/nats-server");
  const { found, refused } = await findNatsServer(process.env);
  if (found) return { what: "nats-server", state: "ok", found: `${found.version} at ${found.path}` };
  const todo = `npm run setup fetches one; or set NATS_SERVER_BIN to one of ${MIN_NATS_SERVER} or newer, or NATS_URL to a running one`;
  return { what: "nats-server", state: "note", found: refused.join("; ") || "none on this machine", todo };
}

/** A connection for one check; what goes wrong becomes its finding. */
async function withConnection(what: string, look: (bus: Bus) => Promise<Finding>): Promise<Finding> {
  const config = readCliConfig();
  let bus: Bus | undefined;
  try {
    bus = await connectBus({ ...busOptions(config, "doctor"), connectTimeoutMs: 1_000 });
    return await look(bus);
  } catch (error) {
    const todo = bus ? 'see "penstock status"' : "penstock up starts everything; or set NATS_URL";
    return { what, state: "problem", found: (error as Error).message, todo };
  } finally {
    await bus?.close();
  }
}

function reachable(): Promise<Finding> {
  return withConnection("nats", async (bus) => {
    const began = performance.now();
    await bus.nc.flush();
    const ms = (performance.now() - began).toFixed(1);
    const { version = "?", server_name: name = "" } = bus.nc.info ?? {};
    return {
      what: "nats",
      state: "ok",
      found: `${version} at ${bus.url} (${name.slice(0, 24)}), answers in ${ms} ms`,
    };
  });
}

function streams(): Promise<Finding> {
  return withConnection("streams", async (bus) => {
    try {
      for (const pipeline of PIPELINES) await checkTopology(bus, pipeline, Object.values(pipeline.stages));
      const names = PIPELINES.map((pipeline) => pipeline.stream).join(", ");
      return { what: "streams", state: "ok", found: `${names}, with the consumers of every stage` };
    } catch (error) {
      const todo = "penstock topology makes them";
      return { what: "streams", state: "problem", found: (error as Error).message, todo };
    }
  });
}

function workers(): Promise<Finding> {
  return withConnection("workers", async (bus) => {
    const { workers: online } = await historyClient(bus, { timeoutMs: 1_500 }).listWorkers({ online: true });
    const stages = new Set(online.map((worker) => worker.stage));
    const missing = PIPELINES.flatMap((pipeline) => Object.keys(pipeline.stages)).filter(
      (stage) => !stages.has(stage),
    );
    const found = `${online.length} online, tracker answers`;
    if (missing.length === 0) return { what: "workers", state: "ok", found };
    const todo = `penstock worker --stages ${missing.join(",")}`;
    return { what: "workers", state: "note", found: `${found}; none for ${missing.join(", ")}`, todo };
  });
}

async function models(): Promise<Finding> {
  const found = shippedModels();
  const missing = found.filter((each) => !existsSync(new URL(`models/${each.file}`, packageFolder())));
  if (found.length > 0 && missing.length === 0)
    return { what: "models", state: "ok", found: found.map((each) => each.model).join(", ") };
  const names = missing.map((each) => each.file).join(", ");
  return {
    what: "models",
    state: "problem",
    found: names ? `${names} missing` : "none under models/",
    todo: "take them from the repository, or train them: training/README.md",
  };
}

async function disk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(process.cwd());
  const free = bavail * bsize;
  const found = `${bytes(free)} free`;
  if (free >= DISK_MIN) return { what: "disk", state: "ok", found };
  return {
    what: "disk",
    state: "problem",
    found,
    todo: "streams and artifacts need room: free some, or use --data",
  };
}
