import { fork } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { connectBus, reconcileTopology } from "#shared/bus";
import { startNatsServer } from "#shared/nats-server";
import { measure } from "./driver.ts";
import { natsDriver } from "./nats-driver.ts";
import { chainPipeline } from "./pipeline.ts";

const dir = mkdtempSync("/tmp/bn-");
const server = await startNatsServer({ storeDir: dir, supervise: false });
const bus = await connectBus({ url: server.url, name: "setup" });
await reconcileTopology(bus, [chainPipeline]);
const procs = Number(process.argv[2] ?? 1);
const mk = (f: string) =>
  new Promise<any>((res) => {
    const c = fork(new URL(f, import.meta.url), [server.url], {
      env: { ...process.env, LOG_LEVEL: "error" },
      execArgv: [...process.execArgv, ...(process.argv[3] ? [process.argv[3]] : [])],
    });
    c.on("message", () => res(c));
  });
const bare = await mk("./bare-worker.js");
const bd = await natsDriver(server.url, "bare");
console.log("bare", await measure(bd, 300, 4000, 200));
bare.disconnect();
const ws = [];
for (let i = 0; i < procs; i++) ws.push(await mk("./penstock-worker.js"));
const pd = await natsDriver(server.url, "chain");
console.log("penstock", await measure(pd, 300, 4000, 200));
for (const w of ws) w.disconnect();
await new Promise((r) => setTimeout(r, 1000));
await bd.close();
await pd.close();
await bus.close();
await server.stop();
process.exit(0);
