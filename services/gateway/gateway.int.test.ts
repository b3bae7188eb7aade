import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Bus, connectBus, openObjects, publishMessage, reconcileTopology } from "#shared/bus";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { testServer } from "#test/nats";
import { withBus } from "#test/with-bus";
import { createApp } from "./app.ts";
import { GatewayConfig } from "./config.ts";
import type { App } from "./context.ts";
import { linkTo } from "./link.ts";
import { createGateway, startGateway } from "./start.ts";

let bus: Bus;
let app: App;
const log = createLogger("gateway-test");

const appWith = (settings: Partial<GatewayConfig>) =>
  createApp(createGateway(GatewayConfig.parse(settings), linkTo(bus), "1.2.3", log));

withBus(PIPELINES, (own) => {
  ({ bus } = own);
  app = appWith({ uploadMaxMb: 1 });
});

const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
  });

async function event(type: string, uid: string, body: Record<string, unknown> = {}) {
  await publishMessage(bus, diagramPipeline, {
    type,
    id: uid,
    body: { uid, artifacts: {}, sheet: { widthPx: 30, heightPx: 20 }, ...body },
  });
}

async function expectProblem(response: Response | Promise<Response>, status: number, code: string) {
  const answer = await response;
  const problem = await answer.json();
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(problem).toMatchObject({
    status,
    requestId: expect.stringMatching(/.+/),
    detail: expect.stringMatching(/.+/),
  });
  expect(answer.headers.get("x-request-id")).toBe(problem.requestId);
  return problem as { detail: string };
}

describe("handing in", () => {
  test("a raw body is stored and answered with 202 and links", async () => {
    const response = await app.request("/api/diagrams?name=P-1.png&review=auto", {
      method: "POST",
      body: Uint8Array.of(1, 2, 3),
    });
    expect(response.status).toBe(202);
    const answer = await response.json();
    expect(answer).toMatchObject({ name: "P-1.png", state: "uploaded", size: 3 });
    expect(response.headers.get("location")).toBe(answer.links.self);
    const stored = await (await openObjects(bus, "inbox")).getBlob(answer.object.slice(6));
    expect([...(stored ?? [])]).toEqual([1, 2, 3]);
    const one = await app.request(answer.links.self);
    expect(await one.json()).toMatchObject({ uid: answer.uid, state: "uploaded", review: "auto" });
  });

  test("a form's fields count wherever they stand, and unknown ones are left out", async () => {
    const form = new FormData();
    form.set("surprise", "x");
    form.set("file", new Blob([Uint8Array.of(9, 9)]), "../../Схема 1.png");
    form.set("review", "manual");
    form.set("meta", '{"area":7}');
    const response = await app.request("/api/diagrams", { method: "POST", body: form });
    expect(response.status).toBe(202);
    const { uid, name } = await response.json();
    expect(name).toBe("Схема 1.png");
    expect(await (await app.request(`/api/diagrams/${uid}`)).json()).toMatchObject({
      review: "manual",
      details: { meta: { area: 7 } },
    });
  });

  test("a drawing over the limit is refused with the limit in the sentence, announced or not", async () => {
    const big = new Uint8Array(1024 * 1024 + 1);
    const { detail } = await expectProblem(
      app.request("/api/diagrams", { method: "POST", body: big }),
      413,
      "UPLOAD_TOO_LARGE",
    );
    expect(detail).toContain("1048576");
    const form = new FormData();
    form.set("file", new Blob([big]), "big.png");
    await expectProblem(
      app.request("/api/diagrams", { method: "POST", body: form }),
      413,
      "UPLOAD_TOO_LARGE",
    );
    await expectProblem(
      app.request("/api/diagrams", { method: "POST", body: "x", headers: { "content-length": "999999999" } }),
      413,
      "UPLOAD_TOO_LARGE",
    );
  });

  test("bad names, options and bodies are refused, each with its code", async () => {
    const send = (query: string, body: BodyInit = "x") =>
      app.request(`/api/diagrams?${query}`, { method: "POST", body });
    await expectProblem(send(`name=${"%D0%96".repeat(2000)}`), 400, "NAME_TOO_LONG");
    await expectProblem(send("name=a%00b"), 400, "BAD_NAME");
    await expectProblem(send("review=perhaps"), 400, "BAD_OPTIONS");
    await expectProblem(send("page=0"), 400, "BAD_OPTIONS");
    await expectProblem(send("meta=%5B1"), 400, "BAD_OPTIONS");
    for (const uid of ["a.b", "a*", "%3E", "a%20b", "x".repeat(65)])
      await expectProblem(send(`uid=${uid}`), 400, "BAD_UID");
    await expectProblem(send("", new Uint8Array()), 400, "UPLOAD_EMPTY");
    await expectProblem(send("", new FormData()), 400, "NO_FILE");
    const form = new FormData();
    form.set("review", "none");
    await expectProblem(send("", form), 400, "NO_FILE");
  });

  test("a uid is taken once", async () => {
    const send = () => app.request("/api/diagrams?uid=mine-1", { method: "POST", body: "x" });
    expect((await send()).status).toBe(202);
    await expectProblem(send(), 409, "UID_TAKEN");
  });
});

describe("bad requests", () => {
  test("a uid that is none is refused on every path", async () => {
    for (const path of [
      "/api/diagrams/a.b",
      "/api/diagrams/a%3E/timeline",
      "/api/diagrams/a%20b/artifacts",
      "/api/events?uid=a*",
    ])
      await expectProblem(app.request(path), 400, "BAD_UID");
  });

  test("JSON that is not UTF-8, is none, or is too long is refused", async () => {
    const send = (body: BodyInit) =>
      app.request("/api/queues/gpu/pause", {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      });
    await expectProblem(send(Buffer.from('{"by":"\xe9"}', "latin1")), 400, "NOT_UTF8");
    await expectProblem(send("{"), 400, "BAD_REQUEST");
    await expectProblem(send(JSON.stringify({ by: "x".repeat(2_000_000) })), 413, "BODY_TOO_LARGE");
    await expectProblem(send(JSON.stringify({ by: 7 })), 400, "BAD_REQUEST");
  });

  test("unknown paths and diagrams are 404 problems", async () => {
    await expectProblem(app.request("/api/nothing"), 404, "NO_SUCH_PATH");
    await expectProblem(app.request("/api/diagrams/none-1"), 404, "RUN_NOT_FOUND");
    await expectProblem(post("/api/diagrams/none-1/revoke"), 404, "RUN_NOT_FOUND");
    await expectProblem(app.request("/ui/../app.ts"), 404, "NO_SUCH_PATH");
  });
});

describe("acting", () => {
  test("a graph with dangling ids is refused, a right one lets the diagram go on, once", async () => {
    await event("diagram.awaiting_graph", "web-1");
    const graph = {
      version: 1,
      sheet: { uid: "web-1", widthPx: 30, heightPx: 20 },
      nodes: [],
      edges: [] as unknown[],
    };
    const edge = {
      id: "e",
      source: "a",
      target: "b",
      points: [
        [0, 0],
        [1, 1],
      ],
      line: "process",
      style: "solid",
      direction: null,
      widthPx: 1,
    };
    const path = "/api/diagrams/web-1/approve/graph?by=anna";
    const problem = await expectProblem(post(path, { ...graph, edges: [edge] }), 400, "BAD_GRAPH");
    expect(problem.detail).toContain('"a"');
    const done = await post(path, graph);
    expect(done.status).toBe(202);
    expect(await done.json()).toMatchObject({ uid: "web-1", gate: "graph", corrected: true });
    await expectProblem(post(path, graph), 409, "ALREADY_APPROVED");
    await expectProblem(post("/api/diagrams/web-1/approve/masks"), 409, "NOT_WAITING");
    await expectProblem(post("/api/diagrams/web-1/approve/gates"), 400, "BAD_REQUEST");
  });

  test("retry, revoke and delete go by the state of the diagram", async () => {
    await event("diagram.detected", "web-2");
    await expectProblem(post("/api/diagrams/web-2/retry"), 409, "STILL_RUNNING");
    await expectProblem(app.request("/api/diagrams/web-2", { method: "DELETE" }), 409, "STILL_RUNNING");
    expect((await post("/api/diagrams/web-2/revoke", { by: "anna", reason: "double" })).status).toBe(202);
    await expectProblem(post("/api/tasks/gate-annotation.web-2/revoke"), 409, "ALREADY_FINISHED");
    expect(await (await post("/api/tasks/gate-annotation.web-2/retry")).json()).toMatchObject({
      generation: 1,
    });
    expect((await post("/api/diagrams/web-2/revoke")).status).toBe(202);
    expect((await app.request("/api/diagrams/web-2", { method: "DELETE" })).status).toBe(200);
    await expectProblem(app.request("/api/diagrams/web-2"), 404, "RUN_NOT_FOUND");
  });

  test("queues are listed, paused and resumed; a purge must be confirmed", async () => {
    const { queues } = await (await app.request("/api/queues")).json();
    expect(queues.map((each: { stage: string }) => each.stage)).toEqual(
      PIPELINES.flatMap(({ stages }) => Object.keys(stages)),
    );
    expect(await (await post("/api/queues/gpu/pause")).json()).toEqual({
      stages: ["detect", "segment", "classify"],
    });
    expect((await post("/api/queues/gpu/resume", { by: "anna" })).status).toBe(200);
    await expectProblem(post("/api/queues/cpu/pause"), 404, "QUEUE_UNKNOWN");
    await expectProblem(post("/api/queues/gpu/purge"), 400, "NOT_CONFIRMED");
    await expectProblem(post("/api/stages/detect/control/ping"), 503, "NO_WORKERS");
    await expectProblem(app.request("/api/dead/77"), 404, "DEAD_LETTER_NOT_FOUND");
  });

  test("settings of a stage are changed and read back", async () => {
    const patch = (body: unknown) =>
      app.request("/api/stages/export/settings", {
        method: "PATCH",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
    expect(await (await patch({ slots: 3 })).json()).toMatchObject({ slots: 3 });
    await expectProblem(patch({ slots: -1 }), 400, "BAD_REQUEST");
    expect(await (await app.request("/api/stages/export/settings")).json()).toMatchObject({ slots: 3 });
  });
});

describe("artifacts", () => {
  test("they are listed and streamed with type, tag and a policy that lets nothing run", async () => {
    const store = await openObjects(bus, "artifacts");
    const svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    const info = await store.putBlob({ name: "web-3/x/overlay.svg" }, new TextEncoder().encode(svg));
    const ref = { bucket: "artifacts", key: "web-3/x/overlay.svg", size: info.size, digest: info.digest };
    await event("diagram.completed", "web-3", { artifacts: { "overlay.svg": ref } });
    const { artifacts } = await (await app.request("/api/diagrams/web-3/artifacts")).json();
    expect(artifacts).toMatchObject([{ name: "overlay.svg", size: svg.length }]);
    const got = await app.request(artifacts[0].href);
    expect(await got.text()).toBe(svg);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "content-length": String(svg.length),
      etag: `"${info.digest}"`,
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
      "content-disposition": 'inline; filename="web-3-overlay.svg"',
    });
    const again = await app.request(artifacts[0].href, { headers: { "if-none-match": `"${info.digest}"` } });
    expect(again.status).toBe(304);
    const saved = await app.request(`${artifacts[0].href}?download=1`);
    expect(saved.headers.get("content-disposition")).toMatch(/^attachment/);
    await saved.body?.cancel();
    await expectProblem(app.request("/api/diagrams/web-3/artifacts/graph.json"), 404, "ARTIFACT_NOT_FOUND");
    await expectProblem(app.request("/api/diagrams/web-3/artifacts/constructor"), 404, "ARTIFACT_NOT_FOUND");
  });
});

/** Reads server-sent events until enough have come. */
async function readEvents(
  response: Response,
  enough: (seen: { event: string; id?: string; data: string }[]) => boolean,
) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const seen: { event: string; id?: string; data: string }[] = [];
  let text = "";
  while (!enough(seen)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(/: (.*)/s)),
      );
      text = text.slice(end + 2);
      if (fields.event) seen.push(fields as (typeof seen)[number]);
    }
  }
  await reader.cancel();
  return seen;
}

describe("live events", () => {
  test("a reader sees what happens from now on, of one diagram when it asks for one", async () => {
    const response = await app.request("/api/events?uid=live-1&type=diagram.*");
    const heard: { event: string }[] = [];
    const reading = readEvents(response, (seen) => {
      heard.splice(0, heard.length, ...seen);
      return seen.length >= 3;
    });
    // From now on means from the greeting on.
    await expect.poll(() => heard.map((each) => each.event)).toEqual(["hello"]);
    await event("diagram.detected", "live-2");
    await event("diagram.ingested", "live-1");
    await event("diagram.detected", "live-1");
    const seen = await reading;
    expect(seen.map((each) => each.event)).toEqual(["hello", "diagram", "diagram"]);
    expect(seen.slice(1).map((each) => JSON.parse(each.data))).toMatchObject([
      { type: "diagram.ingested", uid: "live-1", state: "ingested" },
      { type: "diagram.detected", uid: "live-1", state: "detected" },
    ]);
  });

  test("a reader that comes back with the last id misses nothing and gets nothing twice", async () => {
    await event("diagram.ingested", "live-3");
    const first = await readEvents(
      await app.request("/api/events?uid=live-3&type=diagram.*", { headers: { "last-event-id": "0" } }),
      (seen) => seen.some((each) => each.event === "diagram"),
    );
    await event("diagram.detected", "live-3");
    await event("diagram.annotated", "live-3");
    const second = await readEvents(
      await app.request("/api/events?uid=live-3&type=diagram.*", {
        headers: { "last-event-id": first.at(-1)?.id ?? "" },
      }),
      (seen) => seen.length >= 3,
    );
    expect(second.slice(1).map((each) => JSON.parse(each.data).type)).toEqual([
      "diagram.detected",
      "diagram.annotated",
    ]);
    await expectProblem(
      app.request("/api/events", { headers: { "last-event-id": "x" } }),
      400,
      "BAD_EVENT_ID",
    );
  });
});

describe("health and description", () => {
  test("ready means NATS and streams; a missing tracker is said but not fatal", async () => {
    const ready = await app.request("/readyz");
    expect(ready.status).toBe(200);
    expect((await ready.json()).checks).toMatchObject({
      nats: "ok",
      DIAGRAM: "ok",
      tracker: expect.stringContaining("tracker"),
    });
    expect(await (await app.request("/healthz")).json()).toEqual({ status: "ok", version: "1.2.3" });
    await expectProblem(app.request("/api/diagrams"), 503, "TRACKER_UNAVAILABLE");
  });

  test("the description names every path and the declaration every stage", async () => {
    const doc = await (await app.request("/api/openapi.json")).json();
    expect(doc.openapi).toBe("3.1.0");
    expect(Object.keys(doc.paths)).toEqual(
      expect.arrayContaining([
        "/api/diagrams",
        "/api/diagrams/{uid}",
        "/api/diagrams/{uid}/artifacts/{name}",
        "/api/diagrams/{uid}/approve/{gate}",
        "/api/events",
        "/api/dead/{seq}/redrive",
      ]),
    );
    const declared = await (await app.request("/api/pipeline")).json();
    expect(declared.pipelines[0].stages.map((stage: { name: string }) => stage.name)).toEqual(
      Object.keys(diagramPipeline.stages),
    );
  });
});

describe("access", () => {
  test("with a token nothing is answered without it, and a viewer may only look", async () => {
    const closed = appWith({ token: "operator-token", viewerToken: "viewer-token" });
    await expectProblem(closed.request("/api/queues"), 401, "UNAUTHORIZED");
    await expectProblem(
      closed.request("/api/queues", { headers: { authorization: "Bearer wrong" } }),
      401,
      "UNAUTHORIZED",
    );
    const as = (token: string, method = "GET", path = "/api/queues") =>
      closed.request(path, { method, headers: { authorization: `Bearer ${token}` } });
    expect((await as("viewer-token")).status).toBe(200);
    await expectProblem(as("viewer-token", "POST", "/api/queues/gpu/resume"), 403, "READ_ONLY");
    expect((await as("operator-token", "POST", "/api/queues/gpu/resume")).status).toBe(200);
    expect((await closed.request("/healthz")).status).toBe(200);
    const login = await closed.request("/api/session", {
      method: "POST",
      body: JSON.stringify({ token: "operator-token" }),
      headers: { "content-type": "application/json" },
    });
    const cookie = login.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    const session = cookie.split(";")[0] ?? "";
    expect((await closed.request("/api/queues", { headers: { cookie: session } })).status).toBe(200);
  });

  test("other pages' scripts and strange host names are turned away", async () => {
    await expectProblem(
      post("/api/queues/gpu/pause", undefined, { origin: "https://evil.example" }),
      403,
      "CROSS_ORIGIN",
    );
    expect((await post("/api/queues/gpu/resume", undefined, { origin: "http://localhost" })).status).toBe(
      200,
    );
    await expectProblem(app.request("http://rebound.example/api/queues"), 421, "WRONG_HOST");
  });

  test("a read-only gateway changes nothing", async () => {
    const looking = appWith({ readOnly: true });
    await expectProblem(looking.request("/api/diagrams", { method: "POST", body: "x" }), 403, "READ_ONLY");
  });

  test("without a token it listens on loopback only", async () => {
    await expect(startGateway({ bus, host: "0.0.0.0", port: 0, log })).rejects.toMatchObject({
      code: "GATEWAY_NEEDS_TOKEN",
    });
  });
});

test("with NATS gone it stays up, says what it cannot reach and why, and heals by itself", async () => {
  const folder = await mkdtemp(join(tmpdir(), "penstock-gateway-"));
  const first = await testServer({ storeDir: folder });
  const own = await connectBus({ url: first.url, name: "gateway-outage" });
  try {
    await reconcileTopology(own, PIPELINES);
    await using gateway = await startGateway({ bus: own, port: 0, log });
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    const port = Number(new URL(first.url).port);
    await first.stop();
    await expect
      .poll(async () => (await fetch(`${gateway.url}/readyz`)).status, { timeout: 60_000 })
      .toBe(503);
    const problem = await expectProblem(fetch(`${gateway.url}/api/queues`), 503, "NATS_UNREACHABLE");
    expect(problem.detail).toContain(`127.0.0.1:${port}`);
    expect(problem.detail).toMatch(/ECONNREFUSED/);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    await using _second = await testServer({ storeDir: folder, port });
    await expect
      .poll(async () => (await fetch(`${gateway.url}/readyz`)).status, { timeout: 60_000 })
      .toBe(200);
  } finally {
    await own.nc.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test("a sheet's thumbnail is made in time, kept, and gone with the diagram", async () => {
  const { default: sharp } = await import("sharp");
  const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  const store = await openObjects(bus, "artifacts");
  const info = await store.putBlob({ name: "thumb-1/x/sheet.png" }, png);
  const ref = { bucket: "artifacts", key: "thumb-1/x/sheet.png", size: info.size, digest: info.digest };
  await event("diagram.completed", "thumb-1", { artifacts: { "sheet.png": ref } });
  const ask = () => app.request("/api/diagrams/thumb-1/thumbnail");
  await expect.poll(async () => (await ask()).status, { timeout: 60_000 }).toBe(200);
  const picture = await ask();
  expect(picture.headers.get("content-type")).toBe("image/webp");
  const { width, height, format } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
  expect({ width, height, format }).toEqual({ width: 320, height: 213, format: "webp" });
  expect((await store.info("thumb-1/thumbnail.webp"))?.deleted).toBe(false);
  await app.request("/api/diagrams/thumb-1", { method: "DELETE" });
  expect((await store.info("thumb-1/thumbnail.webp"))?.deleted ?? true).toBe(true);
  await expectProblem(ask(), 404, "RUN_NOT_FOUND");
});
