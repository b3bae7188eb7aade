import { execFileSync, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { PIPELINES } from "#shared/pipeline";
import { serviceFolders } from "./compose/services.ts";
import { GENERATED } from "./generated.ts";
import { natsUsers } from "./nats/users.ts";

interface ComposeService {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  read_only?: boolean;
  user?: string;
  healthcheck?: { test?: string[]; disable?: boolean };
  container_name?: string;
}

const root = resolve(".");
const compose = parse(await readFile("docker-compose.yml", "utf8"), { merge: true }) as {
  services: Record<string, ComposeService>;
};
const stages = PIPELINES.flatMap((pipeline) => Object.values(pipeline.stages));
/** What is no service of ours: the broker, and the job that prepares it. */
const INFRASTRUCTURE = ["nats", "topology"];

test.each(Object.keys(GENERATED))(
  "%s is what the declarations make of it (else: npm run docs)",
  async (path) => {
    const current = await readFile(path, "utf8");
    expect(await GENERATED[path]!(current, root)).toBe(current);
  },
);

test("every stage has a service folder, a compose entry and a NATS user", async () => {
  const folders = await serviceFolders(root);
  const users = natsUsers(PIPELINES).map(({ name }) => name);
  for (const { service, name } of stages) {
    expect(folders, `folder of stage ${name}`).toContain(service);
    expect(Object.keys(compose.services), `compose entry of stage ${name}`).toContain(service);
    expect(users, `NATS user of stage ${name}`).toContain(service);
  }
});

test("compose runs every service folder, and nothing else but NATS and its topology", async () => {
  const folders = await serviceFolders(root);
  expect(Object.keys(compose.services).sort()).toEqual([...INFRASTRUCTURE, ...folders].sort());
});

test("every service runs the one image as its own NATS user, and says when it is ill", async () => {
  const users = natsUsers(PIPELINES).map(({ name }) => name);
  for (const [name, service] of Object.entries(compose.services)) {
    if (name === "nats") continue;
    expect(service.image, name).toBe(compose.services.topology!.image);
    expect(service.environment?.NATS_USER, name).toBe(name);
    expect(users, `a NATS user for ${name}`).toContain(name);
    if (name === "topology") continue;
    expect(service.command, name).toEqual(["node", "--conditions=built", `dist/services/${name}/index.js`]);
    expect(service.healthcheck?.test, name).toBeDefined();
  }
});

test("every container has a read-only root", () => {
  for (const [name, service] of Object.entries(compose.services)) expect(service.read_only, name).toBe(true);
});

test("every stage scales: no name and no host port that a second replica would want too", () => {
  const working = new Set(stages.map(({ service }) => service));
  for (const [name, service] of Object.entries(compose.services)) {
    expect(service.container_name, name).toBeUndefined();
    if (working.has(name)) expect(service.ports, name).toBeUndefined();
    for (const port of service.ports ?? [])
      expect(port, `${name} is reachable from outside`).toMatch(/^127\.0\.0\.1:/);
  }
});

test("a .env is made with a secret for each NATS user, the gateway and Grafana, none like another", async () => {
  const env = execFileSync(process.execPath, ["deploy/make-env.mjs"], { encoding: "utf8" });
  const secrets = new Map(
    env
      .trim()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
  expect(secrets.size).toBe(natsUsers(PIPELINES).length + 2);
  expect(new Set(secrets.values()).size).toBe(secrets.size);
  for (const secret of secrets.values()) expect(secret).toMatch(/^p[0-9a-f]{48}$/);
  const text = await readFile("docker-compose.yml", "utf8");
  for (const [, variable] of text.matchAll(/\$\{(\w+):\?/g)) expect([...secrets.keys()]).toContain(variable);
});

test("the image is built from the lock file, runs unprivileged, and holds no test or training data", async () => {
  const dockerfile = await readFile("deploy/Dockerfile", "utf8");
  const final = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  expect(final).toMatch(/^USER node$/m);
  expect(final).not.toMatch(/COPY .*(test|training|scripts)/);
  for (const [install] of dockerfile.matchAll(/npm \w+ .*/g))
    expect(install).toMatch(/^npm (ci --ignore-scripts|cache)/);
  expect(await readFile(".dockerignore", "utf8")).toMatch(/^\*\*$/m);
});

const hasCompose = spawnSync("docker", ["compose", "version"]).status === 0;

test.skipIf(!hasCompose)("docker compose accepts the file", () => {
  const env = execFileSync(process.execPath, ["deploy/make-env.mjs"], { encoding: "utf8" });
  const passwords = Object.fromEntries(
    env
      .trim()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
  execFileSync("docker", ["compose", "config", "--quiet"], { env: { ...process.env, ...passwords } });
});
