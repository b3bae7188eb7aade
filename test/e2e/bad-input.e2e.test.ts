import { connect, headers, type NatsConnection } from "@nats-io/transport-node";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "#shared/messages";
import { drawSheet } from "#test/draw-sheet";
import { makePdf } from "#test/make-pdf";
import { eventually, temporaryFolder } from "#test/nats";
import { Api } from "./stack/api.ts";
import { commentBomb, pixelBomb, tiffBomb } from "./stack/bombs.ts";
import { deadOf, eventsOf } from "./stack/events.ts";
import { publishJson, putObject } from "./stack/plain-client.ts";
import { executorsOf, peakMegabytes } from "./stack/processes.ts";
import { startUp, type Up } from "./stack/up.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let up: Up;
let api: Api;
let nc: NatsConnection;

beforeAll(async () => {
  folder = await temporaryFolder("penstock-e2e-");
  up = await startUp(folder.path, { GATEWAY_UPLOAD_MAX_MB: "8" });
  api = new Api(up.url);
  nc = await connect({ servers: up.natsUrl });
});

afterAll(async () => {
  await nc?.close();
  await up?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const draw = () => drawSheet({ width: 640, height: 480 });
const text = (value: string) => new TextEncoder().encode(value);
const svg = (inner: string, before = "") =>
  text(`${before}<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">${inner}</svg>`);

/** Strange but right: each becomes a sheet like any other. */
const good: Record<string, () => Promise<Uint8Array>> = {
  cmyk: () => draw().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(),
  "sixteen-bit": () => draw().toColourspace("grey16").png().toBuffer(),
  transparent: () => draw().ensureAlpha(0.99).png().toBuffer(),
  "exif-rotated": () => draw().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  palette: () => draw().png({ palette: true, colours: 4 }).toBuffer(),
  "big-comment": async () => commentBomb(200_000_000),
};

/** Wrong, each in its own way, with the code and the figures people get to see. */
const bad: Record<string, [make: () => Promise<Uint8Array> | Uint8Array, code: string, message: RegExp]> = {
  program: [() => text("MZ\x90 this is a program"), "NOT_AN_IMAGE", /4d5a.*PNG, JPEG, TIFF/],
  "half-png": [async () => (await draw().png().toBuffer()).subarray(0, 2000), "IMAGE_TRUNCATED", /./],
  "half-jpeg": [async () => (await draw().jpeg().toBuffer()).subarray(0, 5000), "IMAGE_TRUNCATED", /./],
  "pixel-bomb": [() => pixelBomb(60_000), "IMAGE_TOO_LARGE", /60000 × 60000.*limit is 150 million/],
  "tiff-bomb": [() => tiffBomb(200_000), "IMAGE_TOO_LARGE", /200000 × 200000.*limit/],
  "thick-book": [() => makePdf(500), "PDF_TOO_MANY_PAGES", /500 pages, the limit is 200/],
  "locked-book": [() => makePdf(1, { locked: true }), "PDF_ENCRYPTED", /password/],
  "torn-book": [() => makePdf(2).subarray(0, 60), "PDF_BROKEN", /./],
  entities: [
    () => svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "SVG_UNSAFE",
    /entities/,
  ],
  "foreign-image": [() => svg('<image href="http://127.0.0.1:9/a.png"/>'), "SVG_UNSAFE", /127\.0\.0\.1:9/],
};

describe("drawings that are no drawings, between good ones", () => {
  it("end in an error with its code, while their neighbours are completed", async () => {
    const goodOnes = Object.entries(good);
    for (const [i, [uid, [make]]] of Object.entries(bad).entries()) {
      expect((await api.submit(uid, await make())).status).toBe(202);
      const neighbour = goodOnes[i];
      if (neighbour) expect((await api.submit(neighbour[0], await neighbour[1]())).status).toBe(202);
    }
    for (const [uid, [, code, message]] of Object.entries(bad)) {
      const { error } = await api.reached(uid, "error");
      expect({ uid, ...error }).toEqual({
        uid,
        stage: "ingest",
        code,
        message: expect.stringMatching(message),
      });
      const failed = (await eventsOf(nc, uid)).at(-1);
      expect(failed).toMatchObject({
        type: "diagram.failed",
        body: { uid, error_stage: "ingest", error_code: code },
      });
      // Understood and hopeless: nothing anybody could send again.
      expect(await deadOf(nc, uid)).toEqual([]);
    }
    for (const uid of Object.keys(good)) {
      await api.reached(uid, "completed");
      expect(await api.artifactJson(uid, "graph.json")).toMatchObject({ version: 1 });
    }
    const turned = await sharp((await api.artifact("exif-rotated", "sheet.png")).bytes).metadata();
    expect(turned).toMatchObject({ width: 480, height: 640 });
  });

  it("took no more memory than a sheet does", () => {
    const executors = executorsOf(up.program.pid);
    expect(executors.length).toBeGreaterThan(0);
    // The pixels of the bomb are 3.6 GB.
    for (const pid of executors) expect(peakMegabytes(pid)).toBeLessThan(900);
    expect(peakMegabytes(up.program.pid)).toBeLessThan(300);
  });
});

describe("the gateway", () => {
  const refused = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer;
    return `${status} ${body.code}: ${body.detail}`;
  };
  const png = () => draw().png().toBuffer();

  it("stores a large upload as it comes and stops it at the limit, whatever its length claimed", async () => {
    const before = peakMegabytes(up.program.pid);
    const megabyte = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 200) controller.enqueue(megabyte);
        else controller.close();
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
    const answer = await fetch(`${up.url}/api/diagrams?uid=endless`, init).then(
      async (response) => `${response.status} ${((await response.json()) as { code: string }).code}`,
      // The gateway may hang up before all has been sent.
      (error: Error) => String(error.cause ?? error),
    );
    expect(answer).toMatch(/413 UPLOAD_TOO_LARGE|EPIPE|ECONNRESET|closed/);
    expect(sent).toBeLessThan(200);
    expect(await api.diagram("endless")).toBeUndefined();
    expect(peakMegabytes(up.program.pid) - before).toBeLessThan(100);
    expect(await refused(api.submit("announced", new Uint8Array(9 * 1024 * 1024)))).toMatch(
      /^413 UPLOAD_TOO_LARGE: .*8388608/,
    );
  });

  it("refuses a drawing of zero bytes", async () => {
    expect(await refused(api.submit("nothing", new Uint8Array(0)))).toMatch(/^400 UPLOAD_EMPTY: /);
    expect(await api.diagram("nothing")).toBeUndefined();
  });

  it("refuses ids that would be more than one token of a subject", async () => {
    for (const uid of ["a.b", "*", ">", "two words", "../x", "x".repeat(65), "ü"])
      expect(await refused(api.submit(uid, await png())), uid).toMatch(/^400 BAD_UID: .*1 to 64 letters/);
    const strange = await api.get(`/api/diagrams/${encodeURIComponent("a.*.>")}`);
    expect(strange.status).toBe(400);
  });

  it("keeps the last part of a path as the name, and refuses names nobody can read", async () => {
    const named = await api.submit("traveller", await png(), { name: "../../etc/passwd" });
    expect(named).toMatchObject({ status: 202, body: { name: "passwd" } });
    expect(await refused(api.submit("nul", await png(), { name: "a\0b.png" }))).toMatch(
      /^400 BAD_NAME: .*NUL/,
    );
    const long = "насос".repeat(820);
    const form = new FormData();
    form.set("uid", "long");
    form.set("file", new Blob([(await png()) as Uint8Array<ArrayBuffer>]), long);
    expect(await refused(api.post("/api/diagrams", form))).toMatch(
      /^400 NAME_TOO_LONG: .*4100 characters, the limit is 300/,
    );
    expect(await api.diagram("long")).toBeUndefined();
    expect((await api.reached("traveller", "completed")).artifacts["sheet.png"]?.key).toMatch(/^traveller\//);
  });

  it("refuses JSON that is not UTF-8, and options that are none", async () => {
    const body = new Uint8Array([...text('{"by":"'), 0xff, 0xfe, ...text('"}')]);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${up.url}/api/diagrams/cmyk/retry`, { method: "POST", body, headers });
    expect(await answer.json()).toMatchObject({ status: 400, code: "NOT_UTF8" });
    expect(await refused(api.submit("p0", await png(), { page: "first" }))).toMatch(/^400 BAD_OPTIONS: page/);
    expect(await refused(api.submit("r0", await png(), { review: "perhaps" }))).toMatch(
      /^400 BAD_OPTIONS: review/,
    );
  });
});

describe("messages published by hand", () => {
  const publish = async (subject: string, bytes: Uint8Array, contentType?: string) => {
    const h = headers();
    if (contentType) h.set("Content-Type", contentType);
    nc.publish(subject, bytes, { headers: h });
    await nc.flush();
  };
  const ended = async (uid: string) => (await api.reached(uid, "error")).error;

  beforeAll(async () => {
    await putObject(nc, "sheet.png", await draw().png().toBuffer());
  });

  it("that are no message are kept whole, and told in the diagram they name", async () => {
    const notUtf8 = new Uint8Array([...text('{"object":"inbox/'), 0xc3, 0x28, ...text('"}')]);
    const cases: [uid: string, bytes: Uint8Array, code: string, says: RegExp][] = [
      ["rotten", new Uint8Array([0xc1, 0, 0xff]), "UNDECODABLE", /3 bytes are not/],
      ["empty", new Uint8Array(0), "UNDECODABLE", /0 bytes/],
      ["latin", notUtf8, "UNDECODABLE", /not JSON in UTF-8/],
      ["wrong-type", text('{"object":["inbox/sheet.png"]}'), "INVALID_MESSAGE", /object: /],
      ["no-object", text('{"name":"x"}'), "INVALID_MESSAGE", /"object"/],
      ["other-id", text('{"object":"inbox/sheet.png","uid":"not-me"}'), "UID_MISMATCH", /other-id.*not-me/],
      [
        "long-name",
        text(`{"object":"inbox/sheet.png","name":"${"ж".repeat(4096)}"}`),
        "INVALID_MESSAGE",
        /300/,
      ],
    ];
    for (const [uid, bytes] of cases) await publish(`diagram.uploaded.${uid}`, bytes);
    await publish("diagram.uploaded.healthy", text('{"object":"inbox/sheet.png","colour":{"any":[1]}}'));
    for (const [uid, bytes, code, says] of cases) {
      expect({ uid, ...(await ended(uid)) }).toEqual({
        uid,
        stage: "ingest",
        code,
        message: expect.stringMatching(says),
      });
      const [letter, ...more] = await deadOf(nc, uid);
      expect(more).toEqual([]);
      expect(Buffer.compare(letter!.bytes, bytes), uid).toBe(0);
      expect(letter!.header("Penstock-Dead-Reason")).toBe("POISON");
      expect(letter!.header("Penstock-Dead-Subject")).toBe(`diagram.uploaded.${uid}`);
      expect(Number(letter!.header("Penstock-Dead-Sequence"))).toBeGreaterThan(0);
    }
    await api.reached("healthy", "completed");
    for (const event of (await eventsOf(nc, "healthy")).slice(1))
      expect(event.body).not.toHaveProperty("colour");
  });

  it("with an id that is no id end as dead letters that say what an id is", async () => {
    const ids = ["a.b", "*", ">", "two words", "x".repeat(65)];
    for (const uid of ids) await publishJson(nc, "diagram.uploaded", { object: "inbox/sheet.png", uid });
    await publishJson(nc, "diagram.uploaded.too.many", { object: "inbox/sheet.png" });
    type Letters = { letters: { subject: string; code: string; message: string; run: string }[] };
    const letters = await eventually(
      "every one is a dead letter",
      async () => {
        const { body } = await api.get<Letters>("/api/dead");
        const own = body.letters.filter(({ message }) => /1 to 64 letters|letters, digits/.test(message));
        return own.length === ids.length + 1 ? own : undefined;
      },
      60_000,
    );
    for (const { run } of letters) expect((await ended(run))?.message).toMatch(/letters, digits/);
    expect(letters.map(({ subject }) => subject)).toContain("diagram.uploaded.too.many");
  });

  it("cannot reach outside the object stores", async () => {
    await publishJson(nc, "diagram.uploaded.climber", { object: "inbox/../../etc/passwd" });
    await publishJson(nc, "diagram.uploaded.burglar", { object: "KV_settings/$KV.settings.x" });
    await publishJson(nc, "diagram.uploaded.reader", { file: "/etc/passwd" });
    expect(await ended("climber")).toMatchObject({ code: "ARTIFACT_MISSING" });
    expect(await ended("burglar")).toMatchObject({ code: "ARTIFACT_MISSING" });
    expect(await ended("reader")).toMatchObject({ code: "FILE_NOT_ALLOWED" });
  });

  it("over the payload limit are refused; one just under it ends with the limit in its error, or is kept whole", async () => {
    const { max_payload: most } = nc.info!;
    // The stream takes a little less than the server: every message it has must fit into a dead letter with its story.
    const limit = most - 8192;
    const body = (bytes: number) => {
      const frame = JSON.stringify({ object: "inbox/sheet.png", meta: { note: "" } });
      const note = "n".repeat(bytes - frame.length);
      return text(JSON.stringify({ object: "inbox/sheet.png", meta: { note } }));
    };
    expect(() => nc.publish("diagram.uploaded.huge", body(most + 1))).toThrow(/payload/i);
    const refusal = await nc.request("diagram.uploaded.large", body(limit + 1), { timeout: 10_000 });
    expect(refusal.json()).toMatchObject({
      error: { code: 400, description: expect.stringContaining("size exceeds") },
    });
    const junk = new Uint8Array(limit - 100).fill(0xc1);
    await publish("diagram.uploaded.full", body(limit - 100));
    await publish("diagram.uploaded.junk", junk);
    // Taken, but the next event, with the sheet's artifacts in it, would be over the limit.
    expect(await ended("full")).toMatchObject({
      stage: "ingest",
      code: "MESSAGE_TOO_LARGE",
      message: expect.stringContaining(`the limit is ${limit}`),
    });
    expect(await ended("junk")).toMatchObject({ code: "UNDECODABLE" });
    const [letter] = await deadOf(nc, "junk");
    expect(Buffer.compare(letter!.bytes, junk)).toBe(0);
    expect(await eventsOf(nc, "large")).toEqual([]);
  });
});

it("a corrected graph with dangling ids is refused with the ids, and the diagram goes on waiting", async () => {
  const uid = "dangling";
  await api.submit(uid, await draw().png().toBuffer(), { review: "manual" });
  for (const gate of ["annotation", "masks"]) {
    await api.reached(uid, `awaiting_${gate}`);
    expect((await api.post(`/api/diagrams/${uid}/approve/${gate}`)).status).toBe(202);
  }
  await api.reached(uid, "awaiting_graph");
  const graph = Graph.parse(await api.artifactJson(uid, "graph.json"));
  const edge = {
    ...{
      id: "e-new",
      source: "nobody",
      target: "nowhere",
      points: [
        [0, 0],
        [9, 9],
      ],
    },
    ...{ line: "process", style: "solid", direction: null, widthPx: 3 },
  };
  const crossing = { at: [5, 5], kind: "plain", edges: ["e-new", "e-gone"] };
  const dangling = { ...graph, edges: [...graph.edges, edge], crossings: [...graph.crossings, crossing] };
  const approve = (value: unknown) =>
    api.post(
      `/api/diagrams/${uid}/approve/graph`,
      text(typeof value === "string" ? value : JSON.stringify(value)),
    );
  const { status, body } = await approve(dangling);
  expect({ status, code: body.code }).toEqual({ status: 400, code: "BAD_GRAPH" });
  for (const id of ["nobody", "nowhere", "e-gone"]) expect(body.detail).toContain(`"${id}"`);
  expect((await approve("no JSON")).body).toMatchObject({ status: 400, code: "NOT_JSON" });
  expect((await approve({ ...graph, sheet: { ...graph.sheet, uid: "cmyk" } })).body).toMatchObject({
    code: "BAD_GRAPH",
  });
  expect(await api.diagram(uid)).toMatchObject({ state: "awaiting_graph" });
  expect((await approve(graph)).status).toBe(202);
  await api.reached(uid, "completed");
});
