/**
 * Fan-outs of five while trainers, aggregators and NATS are killed: `npm run bench -- chaos [--runs N]`. Runs from source:
 * what it kills are the toy workers of the tests.
 */
import { parseArgs } from "node:util";
import { testServer } from "#test/nats";
import { chaos } from "#test/toy/fan/chaos";
import { met, table } from "../support/figures.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "50" },
    kills: { type: "string", default: "5" },
    every: { type: "string", default: "1500" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

await using server = await testServer();
const figures = await chaos(server, {
  runs: Number(values.runs),
  serverKills: Number(values.kills),
  killEveryMs: Number(values.every),
  timeoutMs: 480_000,
});
if (values.json) console.log(JSON.stringify(figures));
else {
  const { runs, exact, firings, failed, deadLetters, processKills, serverKills, seconds } = figures;
  const rows = [
    ["joins fired exactly once, sum right", `${exact} of ${runs}`, met(exact === runs)],
    ["firings in all", String(firings), met(firings === runs)],
    ["runs failed, dead letters", `${failed}, ${deadLetters}`, met(failed + deadLetters === 0)],
    ["processes killed", String(processKills), ""],
    ["NATS killed", String(serverKills), ""],
    ["seconds", seconds.toFixed(0), ""],
  ];
  console.log(table(["chaos of fan-outs", "figure", "goal"], rows));
}
process.exit(figures.exact === figures.runs ? 0 : 1);
