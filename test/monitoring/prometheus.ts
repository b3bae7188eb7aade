import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { eventually, temporaryFolder } from "#test/nats";

/** True where Debian's prometheus can be run. */
export const hasPrometheus = spawnSync("prometheus", ["--version"]).status === 0;

/** One series of an instant query. */
export interface Series {
  metric: Record<string, string>;
  value: number;
}

interface Answer<T> {
  status: string;
  error?: string;
  data: T;
}

/**
 * A real Prometheus with our rules that scrapes and evaluates every second. Alerts fire without waiting out their `for`:
 * how long they wait is promtool's business.
 */
export async function startPrometheus(target: string) {
  const folder = await temporaryFolder("penstock-prometheus-");
  const rules = await Promise.all(
    ["alerts", "recording"].map(async (name) => {
      const text = await readFile(`deploy/prometheus/${name}.rules.yml`, "utf8");
      const path = join(folder.path, `${name}.rules.yml`);
      await writeFile(path, text.replaceAll(/^( +)for: .*$/gm, "$1for: 0s"));
      return path;
    }),
  );
  const config = {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: rules,
    scrape_configs: [{ job_name: "penstock", static_configs: [{ targets: [target] }] }],
  };
  const path = join(folder.path, "prometheus.yml");
  await writeFile(path, JSON.stringify(config));
  const launch = async (tries: number): Promise<{ address: string; child: ChildProcess }> => {
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      "prometheus",
      [
        `--config.file=${path}`,
        `--storage.tsdb.path=${join(folder.path, "data")}`,
        `--web.listen-address=${address}`,
        "--log.level=error",
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const isUp = await eventually("prometheus to be ready or gone", async () => {
      if (child.exitCode !== null) return "gone";
      const ready = await fetch(`http://${address}/-/ready`).catch(() => undefined);
      return ready?.ok && child.exitCode === null ? "ready" : undefined;
    });
    if (isUp === "ready") return { address, child };
    // Somebody else may have taken the port in between.
    if (tries > 1) return launch(tries - 1);
    throw new Error(`prometheus ended with exit code ${child.exitCode}`);
  };
  const { address, child } = await launch(3);

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`http://${address}/api/v1/${path}`);
    const answer = (await response.json()) as Answer<T>;
    if (answer.status !== "success") throw new Error(`${decodeURIComponent(path)}: ${answer.error}`);
    return answer.data;
  }

  return {
    /** An instant query. */
    async query(expr: string): Promise<Series[]> {
      const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
        `query?query=${encodeURIComponent(expr)}`,
      );
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    /** Names of the alerts that fire. */
    async firing(): Promise<Set<string>> {
      const { alerts } = await ask<{ alerts: { state: string; labels: Record<string, string> }[] }>("alerts");
      const firing = alerts.filter(({ state }) => state === "firing");
      return new Set(firing.map(({ labels }) => labels.alertname!));
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
