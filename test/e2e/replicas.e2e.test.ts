import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { fakeNatsServer } from "./stack/fake-server.ts";
import { askServices } from "./stack/plain-client.ts";
import { type Program, runProgram, startProgram } from "./stack/program.ts";

/** Every process of the pipeline that needs NATS to start; the gateway answers without. */
const SERVICES = [
  "ingest",
  "detect",
  "segment",
  "skeletonize",
  "junctions",
  "graph",
  "export",
  "gates",
  "tracker",
];
/** `EX_CONFIG`: no use in starting again before somebody acts. */
const FATAL = 78;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: Awaited<ReturnType<typeof testServer>>;

beforeAll(async () => {
  [folder, server] = await Promise.all([temporaryFolder("penstock-e2e-"), testServer()]);
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const script = (service: string) => `dist/services/${service}/index.js`;
const envOf = (env: Record<string, string>) => ({
  TRACKER_DB_PATH: `${folder.path}/history.db`,
  LOG_LEVEL: "warn",
  ...env,
});
const run = (service: string, env: Record<string, string>) =>
  runProgram(script(service), { env: envOf(env) });

/** A process that will not start says why in one sentence with a code, and nothing else. */
async function expectRefusal(service: string, env: Record<string, string>, code: string, says: RegExp) {
  const ended = await run(service, env);
  expect({ service, code: ended.code, stdout: ended.stdout }).toEqual({ service, code: FATAL, stdout: "" });
  expect(ended.stderr).toMatch(says);
  const [line, ...more] = ended.stderr.trimEnd().split("\n");
  expect(`${line}${more.at(-1) ?? ""}`).toMatch(new RegExp(`^${service}: .*\\[${code}\\]$`, "s"));
  return ended.stderr.trimEnd().split("\n");
}

/** Three at a time: all of them at once would only wait for each other. */
async function eachOf(services: string[], check: (service: string) => Promise<unknown>) {
  for (let i = 0; i < services.length; i += 3) await Promise.all(services.slice(i, i + 3).map(check));
}

describe("a service alone", () => {
  it("does not start without its streams and consumers, and says what to run", async () => {
    await eachOf(SERVICES, async (service) => {
      const lines = await expectRefusal(
        service,
        { NATS_URL: server.url },
        "TOPOLOGY_MISMATCH",
        /npm run topology/,
      );
      expect(lines).toHaveLength(1);
    });
  });

  it("does not start against a nats-server that is too old, and names both versions", async () => {
    await using old = await fakeNatsServer("2.13.4");
    await eachOf(["detect", "gates", "tracker", "gateway"], async (service) => {
      const { code, stderr } = await run(service, { NATS_URL: old.url, GATEWAY_PORT: "0" });
      expect({ service, code }).toEqual({ service, code: FATAL });
      expect(stderr).toMatch(/^\w+: [^\n]*2\.13\.4[^\n]*2\.14[^\n]*\[NATS_SERVER_TOO_OLD\]\n$/);
    });
  });

  it("gives up when NATS cannot be reached for as long as it may wait, naming the address and why", async () => {
    const url = "nats://127.0.0.1:9";
    await eachOf(["segment", "gates", "tracker"], async (service) => {
      const env = { NATS_URL: url, NATS_WAIT_MS: "4000" };
      const lines = await expectRefusal(service, env, "NATS_UNREACHABLE", /127\.0\.0\.1:9 .*refused/);
      expect(lines).toHaveLength(1);
    });
  });

  it("names everything that is wrong with its configuration at once", async () => {
    const env = { NATS_URL: server.url, LOG_LEVEL: "loud", WORKER_SLOTS: "many", STOP_GRACE_MS: "-1" };
    const lines = await expectRefusal("export", env, "BAD_CONFIG", /configuration is wrong/);
    expect(lines.slice(1).map((line) => line.trim().split(":")[0])).toEqual([
      "LOG_LEVEL",
      "STOP_GRACE_MS",
      "WORKER_SLOTS",
    ]);
    await expectRefusal("tracker", { ...env, TRACKER_KEEP_DAYS: "0" }, "BAD_CONFIG", /TRACKER_KEEP_DAYS: /);
  });

  it("will not open the gateway to other machines without a token", async () => {
    const env = { NATS_URL: server.url, GATEWAY_HOST: "0.0.0.0", GATEWAY_PORT: "0" };
    expect(await expectRefusal("gateway", env, "GATEWAY_NEEDS_TOKEN", /GATEWAY_TOKEN/)).toHaveLength(1);
  });
});

describe("with the topology in place", () => {
  const running: Program[] = [];
  const start = (service: string) => {
    const program = startProgram(script(service), { env: envOf({ NATS_URL: server.url }) });
    running.push(program);
    return program;
  };

  beforeAll(async () => {
    const applied = await runProgram("dist/deploy/apply-topology.js", {
      env: envOf({ NATS_URL: server.url }),
    });
    expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining("DIAGRAM") });
  });

  afterAll(async () => {
    await Promise.all(running.map((program) => program[Symbol.asyncDispose]()));
  });

  it("a setting of a stage that is no number stops it at the start, not at its first task", async () => {
    const env = { NATS_URL: server.url, DETECT_CONFIDENCE: "high", DETECT_BATCH_SIZE: "0" };
    const lines = await expectRefusal("detect", env, "BAD_CONFIG", /DETECT_CONFIDENCE: /);
    expect(lines.join("\n")).toContain("DETECT_BATCH_SIZE: ");
  });

  it.each([
    ["detect", "DETECT_MODEL_PATH", "package.json", "MODEL_INVALID"],
    ["segment", "SEGMENT_MODEL_PATH", "models/junction.onnx", "MODEL_INVALID"],
    ["junctions", "CLASSIFY_MODEL_PATH", "models/none.onnx", "MODEL_ABSENT"],
  ])("%s does not start with %s=%s: %s", async (service, variable, path, code) => {
    const lines = await expectRefusal(
      service,
      { NATS_URL: server.url, [variable]: path },
      code,
      new RegExp(path),
    );
    expect(lines).toHaveLength(1);
  });

  it("runs in replicas, each a micro service of its own, and leaves cleanly when told to", async () => {
    start("gates");
    start("gates");
    const nc = await connect({ servers: server.url });
    try {
      type Info = { name: string; metadata: { worker: string; pid: string } };
      const workers = await eventually("two workers of every gate", async () => {
        const all = await askServices<Info>(nc, "$SRV.INFO");
        return all.length === 6 ? all : undefined;
      });
      const both = running.filter((program) => program.running());
      const pids = both.map(({ pid }) => String(pid)).sort();
      for (const gate of ["gate-annotation", "gate-masks", "gate-graph"]) {
        const own = workers.filter(({ name }) => name === gate);
        expect(own.map(({ metadata }) => metadata.pid).sort()).toEqual(pids);
      }
      const [first, second] = both;
      first!.kill("SIGTERM");
      expect(await first!.ended).toBe(0);
      const left = await askServices<Info>(nc, "$SRV.PING.gate-masks");
      expect(left.map(({ metadata }) => metadata.pid)).toEqual([String(second!.pid)]);
      second!.kill("SIGINT");
      expect(await second!.ended).toBe(0);
    } finally {
      await nc.close();
    }
  });
});
