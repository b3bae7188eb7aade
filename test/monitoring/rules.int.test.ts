import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface AlertTest {
  alertname: string;
  eval_time: string;
  exp_alerts: object[];
}

const folder = "deploy/prometheus";
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

test("every alert is tested to fire, and to be quiet before or after", async () => {
  const { groups } = parse(await readFile(join(folder, "alerts.rules.yml"), "utf8")) as {
    groups: { rules: { alert: string }[] }[];
  };
  const { tests } = parse(await readFile(join(folder, "tests/alerts.test.yml"), "utf8")) as {
    tests: { alert_rule_test: AlertTest[] }[];
  };
  const expectations = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const { alert } of groups.flatMap(({ rules }) => rules)) {
    const own = expectations.filter(({ alertname }) => alertname === alert);
    const firing = own.findIndex(({ exp_alerts }) => exp_alerts.length > 0);
    expect(firing, `${alert} fires`).toBeGreaterThan(-1);
    expect(
      own.slice(firing + 1).some(({ exp_alerts }) => exp_alerts.length === 0),
      `${alert} clears`,
    ).toBe(true);
  }
});

// Skipped where promtool is not installed (Debian: apt install prometheus).
test.skipIf(!hasPromtool)(
  "promtool accepts rules and configuration, and their tests pass",
  () => {
    const files = readdirSync(folder);
    const rules = files.filter((file) => file.endsWith(".rules.yml")).map((file) => join(folder, file));
    const tests = readdirSync(join(folder, "tests")).map((file) => join(folder, "tests", file));
    expect([rules.length, tests.length]).toEqual([2, 2]);
    execFileSync("promtool", ["check", "rules", ...rules], { stdio: "pipe" });
    execFileSync("promtool", ["test", "rules", ...tests], { stdio: "pipe" });
    execFileSync("promtool", ["check", "config", "--syntax-only", join(folder, "prometheus.yml")], {
      stdio: "pipe",
    });
  },
  240_000,
);
