import { expect, test } from "vitest";
import { type Bus, publishMessage } from "#shared/bus";
import { remove, revoke } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { withBus } from "#test/with-bus";
import { createApp } from "../app.ts";
import { GatewayConfig } from "../config.ts";
import type { App } from "../context.ts";
import { linkTo } from "../link.ts";
import { createGateway } from "../start.ts";

let bus: Bus;
let app: App;

withBus([diagramPipeline], (own) => {
  ({ bus } = own);
  app = createApp(createGateway(GatewayConfig.parse({}), linkTo(bus), "1.2.3", createLogger("drafts-test")));
});

const graphOf = (uid: string) =>
  JSON.stringify({
    version: 1,
    sheet: { uid, widthPx: 30, heightPx: 20 },
    nodes: [{ id: "n1", type: "endpoint", center: [5, 5] }],
    edges: [],
  });

/** Lets a diagram wait at gate graph; gives the sequence of its waiting event. */
async function waiting(uid: string, generation = 0): Promise<number> {
  const { seq } = await publishMessage(bus, diagramPipeline, {
    type: "diagram.awaiting_graph",
    id: uid,
    body: { uid, artifacts: {}, sheet: { widthPx: 30, heightPx: 20 } },
    generation,
  });
  return seq;
}

const path = (uid: string, query = "") => `/api/diagrams/${uid}/draft/graph${query}`;
const save = (uid: string, query: string, body: string | Uint8Array = "draft") =>
  app.request(path(uid, query), { method: "PUT", body: body as BodyInit });
const codeOf = async (response: Response | Promise<Response>) => {
  const answer = await response;
  return [answer.status, ((await answer.json()) as { code?: string }).code];
};

test("a draft comes back as it was saved, with who, when and of what", async () => {
  const seq = await waiting("draft-1");
  expect((await app.request(path("draft-1"))).status).toBe(204);
  // Larger than the limit of ordinary bodies.
  const bytes = new Uint8Array(1_500_000).map((_, i) => i);
  const saved = await (await save("draft-1", `?seq=${seq}&revision=0&by=Ада`, bytes)).json();
  expect(saved).toMatchObject({ by: "Ада", seq, size: bytes.length, generation: 0 });
  const found = await app.request(path("draft-1"));
  expect(found.status).toBe(200);
  expect(decodeURIComponent(found.headers.get("draft-by") ?? "")).toBe("Ада");
  expect(found.headers.get("draft-seq")).toBe(String(seq));
  expect(found.headers.get("draft-revision")).toBe(String(saved.revision));
  expect(Buffer.from(await found.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

test("a draft that says it is JSON is kept like any other bytes", async () => {
  const seq = await waiting("draft-json");
  const saved = await app.request(path("draft-json", `?seq=${seq}`), {
    method: "PUT",
    body: '{"half": ',
    headers: { "content-type": "application/json" },
  });
  expect(saved.status).toBe(200);
  expect(await (await app.request(path("draft-json"))).text()).toBe('{"half": ');
});

test("of two who save over the same draft, the second is told", async () => {
  const seq = await waiting("draft-2");
  const first = await (await save("draft-2", `?seq=${seq}&revision=0`)).json();
  expect(await codeOf(save("draft-2", `?seq=${seq}&revision=0`))).toEqual([409, "DRAFT_CHANGED"]);
  expect((await save("draft-2", `?seq=${seq}&revision=${first.revision}`)).status).toBe(200);
  expect(await codeOf(save("draft-2", `?seq=${seq}&revision=${first.revision}`))).toEqual([
    409,
    "DRAFT_CHANGED",
  ]);
  // Whoever chooses to, wins.
  expect((await save("draft-2", `?seq=${seq}`)).status).toBe(200);
});

test("a draft that was thrown away can be begun again", async () => {
  const seq = await waiting("draft-3");
  await save("draft-3", `?seq=${seq}&revision=0`);
  expect(await (await app.request(path("draft-3"), { method: "DELETE" })).json()).toEqual({ dropped: true });
  expect((await app.request(path("draft-3"))).status).toBe(204);
  expect((await save("draft-3", `?seq=${seq}&revision=0`)).status).toBe(200);
});

test("approving takes the draft away, and nothing is saved behind it", async () => {
  const seq = await waiting("draft-4");
  await save("draft-4", `?seq=${seq}`);
  const approved = await app.request(`/api/diagrams/draft-4/approve/graph?seq=${seq}`, {
    method: "POST",
    body: graphOf("draft-4"),
  });
  expect(approved.status).toBe(202);
  expect((await app.request(path("draft-4"))).status).toBe(204);
  expect(await codeOf(save("draft-4", `?seq=${seq}`))).toEqual([409, "ALREADY_APPROVED"]);
});

test("after a retry the old draft is still offered, and neither it nor an old approval counts for the new result", async () => {
  const before = await waiting("draft-5");
  await save("draft-5", `?seq=${before}`);
  const now = await waiting("draft-5", 1);
  const found = await app.request(path("draft-5"));
  expect([found.headers.get("draft-seq"), found.headers.get("draft-generation")]).toEqual([
    String(before),
    "0",
  ]);
  expect(await codeOf(save("draft-5", `?seq=${before}`))).toEqual([409, "DRAFT_STALE"]);
  const approve = (seq: number) =>
    app.request(`/api/diagrams/draft-5/approve/graph?seq=${seq}`, {
      method: "POST",
      body: graphOf("draft-5"),
    });
  expect(await codeOf(approve(before))).toEqual([409, "WAITS_ANEW"]);
  expect((await approve(now)).status).toBe(202);
});

test("a diagram that does not wait, or is none, takes no draft; deleting one takes its drafts along", async () => {
  expect(await codeOf(save("draft-none", "?seq=1"))).toEqual([404, "RUN_NOT_FOUND"]);
  const seq = await waiting("draft-6");
  await save("draft-6", `?seq=${seq}`);
  await revoke(bus, "draft-6", { by: "test" });
  expect(await codeOf(save("draft-6", `?seq=${seq}`))).toEqual([409, "NOT_WAITING"]);
  await remove(bus, "draft-6", { by: "test" });
  expect((await app.request(path("draft-6"))).status).toBe(204);
});

test("a draft over the limit, a wrong gate and a wrong sequence are refused", async () => {
  const seq = await waiting("draft-7");
  const big = await app.request(path("draft-7", `?seq=${seq}`), {
    method: "PUT",
    body: "x",
    headers: { "content-length": String(65 * 1024 * 1024) },
  });
  expect(await codeOf(big)).toEqual([413, "DRAFT_TOO_LARGE"]);
  expect(await codeOf(save("draft-7", "?seq=x"))).toEqual([400, "BAD_REQUEST"]);
  expect(await codeOf(app.request("/api/diagrams/draft-7/draft/sheet"))).toEqual([400, "BAD_REQUEST"]);
});
