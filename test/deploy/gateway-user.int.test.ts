import { join } from "node:path";
import { expect, it } from "vitest";
import { startTracker } from "#services/tracker";
import { createLogger } from "#shared/telemetry";
import { eventually, temporaryFolder } from "#test/nats";
import { startGateway } from "../../services/gateway/start.ts";
import { productionStack } from "./production-stack.ts";

it("the gateway's user may do whatever the gateway offers people", async () => {
  await using production = await productionStack();
  await using folder = await temporaryFolder();
  await using _tracker = await startTracker({
    bus: production.bus("tracker"),
    dbPath: join(folder.path, "history.db"),
    log: createLogger("tracker"),
  });
  // Not the connection of the stack: a gateway closes its own.
  const own = await production.connectAs("gateway");
  await using gateway = await startGateway({ bus: own, port: 0, log: createLogger("gateway") });
  const call = async (method: string, path: string, body?: object | Uint8Array) => {
    const raw = body instanceof Uint8Array;
    const response = await fetch(`${gateway.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
      ...(body === undefined || raw ? {} : { headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, text, json: () => JSON.parse(text) };
  };
  const uploaded = await call("POST", "/api/diagrams?name=a.png", new Uint8Array(200_000));
  expect(uploaded.status, uploaded.text).toBe(202);
  const { uid } = uploaded.json() as { uid: string };
  await production.reached(uid, "diagram.completed");
  for (const stage of ["build", "export", "thin", "detect"]) {
    await production.submit(`fail-${stage}`, { failAt: stage });
    await production.reached(`fail-${stage}`, "diagram.failed");
  }

  const looked = [
    ...["", "/timeline", "/artifacts", "/artifacts/sheet.png"].map((part) => `/api/diagrams/${uid}${part}`),
    ...[
      "diagrams",
      "tasks",
      "workers",
      "overview",
      "queues",
      "dead",
      "pipeline",
      "stages/detect/settings",
    ].map((name) => `/api/${name}`),
    "/readyz",
  ];
  // The history follows the streams a moment behind.
  for (const path of looked)
    await eventually(`${path} answers`, async () => (await call("GET", path)).status === 200);

  const live = new AbortController();
  const events = await fetch(`${gateway.url}/api/events`, { signal: live.signal });
  const reader = events.body!.getReader();
  await production.submit("seen-live");
  expect((await reader.read()).value?.length).toBeGreaterThan(0);
  live.abort();

  const { letters } = (await call("GET", "/api/dead")).json() as { letters: { seq: number }[] };
  expect(letters).toHaveLength(4);
  for (const [method, path, body] of [
    ["POST", "/api/diagrams/fail-export/retry", {}],
    ["POST", "/api/stages/detect/control/ping", {}],
    ["PATCH", "/api/stages/detect/settings", { ratePerMinute: null }],
    ["POST", "/api/queues/gpu/pause", {}],
    ["POST", "/api/queues/gpu/resume", {}],
    ["POST", `/api/dead/${letters[0]!.seq}/drop`, { reason: "seen" }],
    ["POST", `/api/dead/${letters[2]!.seq}/redrive`, {}],
    ["DELETE", `/api/diagrams/${uid}`, undefined],
  ] as const) {
    const answer = await call(method, path, body);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  }
  expect(await production.violations()).toEqual([]);
});
