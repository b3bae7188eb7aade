import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ROWS } from "./grafana/panels.ts";

interface Service {
  image: string;
  volumes?: string[];
  ports?: string[];
  depends_on?: string[];
}

const read = async (path: string) => parse(await readFile(path, "utf8"), { merge: true });
const { services, volumes } = (await read("deploy/docker-compose.monitoring.yml")) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};

test("compose brings Prometheus, Alertmanager, Grafana and Loki, pinned, reachable from this machine only", () => {
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining(["prometheus", "alertmanager", "grafana", "loki"]),
  );
  for (const [name, { image, ports = [] }] of Object.entries(services)) {
    expect(image, name).toMatch(/:\$\{[A-Z]+_VERSION:-v?\d+\.\d+\.\d+\}$/);
    for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
  }
});

test("whatever compose mounts exists, and what services depend on is there", async () => {
  const all = { ...((await read("docker-compose.yml")) as { services: object }).services, ...services };
  for (const [name, { volumes: mounts = [], depends_on = [] }] of Object.entries(services)) {
    for (const other of depends_on) expect(Object.keys(all), `${name} depends on ${other}`).toContain(other);
    for (const mount of mounts) {
      const source = mount.replace(/\$\{[A-Z_]+:-([^}]+)\}/, "$1").split(":")[0]!;
      if (source.startsWith("./")) expect(existsSync(source), `${name} mounts ${source}`).toBe(true);
      else if (!source.startsWith("/")) expect(Object.keys(volumes), name).toContain(source);
    }
  }
});

test("Prometheus finds every replica of the exporter by the name it has in compose", async () => {
  const { scrape_configs: jobs } = await read("deploy/prometheus/prometheus.yml");
  expect(jobs[0].dns_sd_configs).toMatchObject([{ names: ["exporter"], type: "A", port: 9808 }]);
  expect(jobs[0].job_name).toBe("penstock");
});

test.each(["alertmanager.yml", "alertmanager.example.yml"])(
  "%s routes only to receivers it has",
  async (file) => {
    const { route, receivers } = await read(`deploy/alertmanager/${file}`);
    const names = receivers.map(({ name }: { name: string }) => name);
    for (const { receiver } of [route, ...(route.routes ?? [])]) expect(names).toContain(receiver);
  },
);

test("the example sends mail, to Slack and to Telegram, and holds no secret", async () => {
  const text = await readFile("deploy/alertmanager/alertmanager.example.yml", "utf8");
  for (const kind of ["email_configs", "slack_configs", "telegram_configs"]) expect(text).toContain(kind);
  expect(text).not.toMatch(/^\s*(smtp_auth_password|api_url|bot_token|url):/m);
});

test("the dashboard has the thirteen panels, in order, and its queries take the largest of the replicas", () => {
  const [tasks] = ROWS;
  expect(tasks!.panels.map(({ title }) => title)).toEqual([
    "Active workers",
    "Tasks executed",
    "Failed in the last hour",
    "Success rate",
    "Execution rate per minute",
    "Duration p95",
    "Queue length by queue",
    "Worker memory",
    "Failures",
    "Status distribution",
    "Active tasks",
    "Retry rate",
    "Activity by hour",
  ]);
  for (const { title, queries } of ROWS.flatMap(({ panels }) => panels))
    for (const { expr } of queries) {
      const selectors = expr.match(/penstock_\w+/g)!.length;
      expect(expr.match(/max by/g)?.length, title).toBe(selectors);
    }
});

test("every panel's legend uses labels its query keeps", () => {
  for (const { title, queries } of ROWS.flatMap(({ panels }) => panels))
    for (const { expr, legend = "" } of queries)
      for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g))
        expect(expr, title).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
});
