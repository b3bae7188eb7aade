import { execFile, spawn, spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { connectBus } from "#shared/bus";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { passwordOf, productionServer } from "./production-server.ts";

/** Runs a file of ours as its own process, as a NATS user; gives back how it ended and what it said. */
function runAs(user: string, url: string, file: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, NATS_URL: url, NATS_USER: user, NATS_PASSWORD: passwordOf(user) };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", file], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

it("a deployment comes up: topology first, then a service that is healthy until it is gone", async () => {
  await using production = await productionServer();
  const { url } = production.server;
  const early = await runAs("gates", url, "services/gates/index.ts");
  expect(early.output).toContain("TOPOLOGY_MISMATCH");
  expect(early.code).toBe(78);

  const topology = await runAs("topology", url, "deploy/apply-topology.ts");
  expect(topology).toMatchObject({ code: 0, output: expect.stringContaining("DIAGRAM, RETRAIN in place") });
  const again = await runAs("topology", url, "deploy/apply-topology.ts");
  expect(again.code).toBe(0);
  const wrong = await runAs("exporter", url, "deploy/apply-topology.ts");
  expect(wrong.code).not.toBe(0);

  const service = spawn(process.execPath, ["--import", "tsx", "services/gates/index.ts"], {
    env: { ...process.env, NATS_URL: url, NATS_USER: "gates", NATS_PASSWORD: passwordOf("gates") },
    stdio: "ignore",
  });
  try {
    const check = () => runAs("gates", url, "deploy/healthcheck.ts");
    await eventually("the service is healthy", async () => (await check()).code === 0, 120_000);
    const gone = new Promise((resolve) => service.once("exit", resolve));
    service.kill("SIGTERM");
    expect(await gone).toBe(0);
    const ill = await check();
    expect(ill.code).toBe(1);
    expect(ill.output).toContain("no worker of stage gate-annotation in this container answers");
  } finally {
    service.kill("SIGKILL");
  }
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

it.skipIf(!hasOpenssl)(
  "encrypted connections are made with the authority's certificate, and only with it",
  async () => {
    await using folder = await temporaryFolder();
    const [key, cert] = [`${folder.path}/server.key`, `${folder.path}/server.crt`];
    const made = spawnSync("openssl", [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...[
        "-subj",
        "/CN=penstock-test",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        key,
        "-out",
        cert,
      ],
    ]);
    expect(made.status, made.stderr.toString()).toBe(0);
    const text = `tls { cert_file: "${cert}", key_file: "${key}", min_version: "1.2" }`;
    await using server = await testServer({ config: { text } });
    // The client checks the name it was given, and takes a bare address for "localhost" anyway.
    const url = `nats://localhost:${server.port}`;
    await using bus = await connectBus({
      url,
      name: "tls",
      caFile: cert,
      connectTimeoutMs: 30_000,
    });
    expect(bus.nc.info?.tls_required).toBe(true);
    await bus.nc.flush();
    await expect(connectBus({ url, name: "no-ca", connectTimeoutMs: 500 })).rejects.toMatchObject({
      code: "NATS_UNREACHABLE",
    });
  },
);
