import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Coco, Graph } from "#shared/messages";
import { eventually, temporaryFolder } from "#test/nats";
import { Api } from "./stack/api.ts";
import { axe, CHROMIUM, openBrowser, openPage } from "./stack/browser.ts";
import { sheetPng } from "./stack/sheet.ts";
import { startUp, type Up } from "./stack/up.ts";

if (!CHROMIUM) console.warn("no Chromium is installed: correcting in the browser is not tested");

/** A shared machine takes its time. */
const PATIENCE = 180_000;
const [WIDTH, HEIGHT] = [1200, 900];

/** The middle of the viewer: where a place chosen from a list is brought to. */
async function middle(page: Page): Promise<{ x: number; y: number; width: number }> {
  const box = await page.locator(".sheet-view").boundingBox();
  if (!box) throw new Error("there is no viewer");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

async function drag(page: Page, from: { x: number; y: number }, dx: number, dy: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y + dy / 2);
  await page.mouse.move(from.x + dx, from.y + dy, { steps: 4 });
  await page.mouse.up();
}

/** Brings the first thing of the list beside the sheet into the middle, and waits until it is there. */
async function choose(page: Page, n: number): Promise<string> {
  const item = page.locator(".items button").nth(n);
  const name = ((await item.textContent()) ?? "").trim();
  await item.click();
  await page.locator(".items button.chosen", { hasText: name }).waitFor();
  await expect.poll(() => page.locator(".items button.chosen").count()).toBe(1);
  await settled(page);
  return name;
}

/** Looks at the overlay that must be alike in turn. */
const LOOKS = 3;

/** The overlay's picture no longer changes, though the page has drawn meanwhile: the sheet has come to rest. */
async function settled(page: Page): Promise<void> {
  let before = "";
  let alike = 0;
  await eventually(
    "the sheet is at rest",
    async () => {
      const now = await page.evaluate(
        () =>
          new Promise<string>((resolve) =>
            setTimeout(
              () =>
                requestAnimationFrame(() =>
                  requestAnimationFrame(() =>
                    resolve(document.querySelector<HTMLCanvasElement>(".sheet-overlay")?.toDataURL() ?? ""),
                  ),
                ),
              100,
            ),
          ),
      );
      alike = now !== "" && now === before ? alike + 1 : 0;
      before = now;
      return alike >= LOOKS - 1;
    },
    120_000,
  );
}

const kept = (page: Page) =>
  page.locator("[role=status]", { hasText: "draft kept" }).waitFor({ timeout: PATIENCE });

const draft = async <T>(api: Api, uid: string, gate: string) =>
  (await (await fetch(`${api.url}/api/diagrams/${uid}/draft/${gate}`)).json()) as T;

describe.skipIf(!CHROMIUM)("a person corrects a diagram in the browser", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let up: Up;
  let api: Api;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let complaints: string[];
  let uid = "";

  beforeAll(async () => {
    folder = await temporaryFolder("penstock-correct-");
    up = await startUp(folder.path);
    api = new Api(up.url);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await up?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  /** Opens the editor of the gate the diagram waits at. */
  const correct = async (question: string) => {
    await page.getByText(question).first().waitFor({ timeout: PATIENCE });
    await page.getByRole("button", { name: "Correct" }).click();
    await page.locator(".sheet-tools").waitFor();
    await settled(page);
  };
  const approve = async (gate: string) => {
    await page.getByRole("button", { name: "Approve" }).click();
    await page.waitForURL(`**/diagrams/${uid}`);
    expect((await fetch(`${api.url}/api/diagrams/${uid}/draft/${gate}`)).status).toBe(204);
  };

  test("a drawing dropped on the page is taken and seen live until it waits", async () => {
    await page.goto(`${up.url}/diagrams`);
    await page.getByLabel("review").selectOption("manual");
    const { png } = await sheetPng(11, WIDTH, HEIGHT);
    const data = await page.evaluateHandle((base64) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], "unit 300.png", { type: "image/png" }));
      return transfer;
    }, Buffer.from(png).toString("base64"));
    await page.dispatchEvent(".drop", "drop", { dataTransfer: data });
    await page.locator(".sending a", { hasText: "unit 300.png" }).click();
    await page.waitForURL("**/diagrams/*");
    uid = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.getByText("Are the boxes right?").waitFor({ timeout: PATIENCE });
    await page.locator(".sheet-overlay").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.goto(`${up.url}/diagrams`);
    await page.locator(".needs-you a", { hasText: "unit 300.png" }).waitFor();
    await page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>("img.thumb")?.naturalWidth ?? 0) > 1,
      undefined,
      { timeout: PATIENCE },
    );
    expect(await axe(page)).toEqual([]);
    await page.goto(`${up.url}/diagrams/${uid}`);
  });

  test("boxes are moved, relabelled, deleted and added; undone; a reload loses nothing; the next stage gets them", async () => {
    await correct("Are the boxes right?");
    const found = await api.artifactJson<Coco>(uid, "detections.json");
    await page.getByRole("heading", { name: `${found.annotations.length} boxes` }).waitFor();

    await choose(page, 0);
    await drag(page, await middle(page), 40, 24);
    await page.getByLabel("class", { exact: true }).fill("compressor");
    await page.keyboard.press("Enter");
    await page.locator(".items button.chosen", { hasText: "compressor" }).waitFor();

    await choose(page, 1);
    await page.locator(".sheet-view").focus();
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+z");
    await page.getByRole("heading", { name: `${found.annotations.length} boxes` }).waitFor();
    await page.keyboard.press("Control+y");
    await page.getByRole("heading", { name: `${found.annotations.length - 1} boxes` }).waitFor();

    await page.keyboard.press("a");
    await drag(page, await middle(page), 70, 50);
    await page.getByRole("heading", { name: `${found.annotations.length} boxes` }).waitFor();
    await page.getByLabel("class", { exact: true }).fill("filter");
    await page.keyboard.press("Enter");
    await kept(page);
    expect(await axe(page)).toEqual([]);

    const saved = await draft<Coco>(api, uid, "annotation");
    await page.reload();
    await page.getByText("You go on with the draft").waitFor();
    await page.getByRole("heading", { name: `${found.annotations.length} boxes` }).waitFor();
    await approve("annotation");

    const handed = await api.artifactJson<Coco>(uid, "annotations.json");
    expect(handed.annotations.map(({ id, bbox }) => [id, bbox])).toEqual(
      saved.annotations.map(({ id, bbox }) => [id, bbox]),
    );
    const names = new Map(handed.categories.map((each) => [each.id, each.name]));
    const before = new Map(found.annotations.map((each) => [each.id, each]));
    const moved = handed.annotations.filter((each) => {
      const old = before.get(each.id);
      return old && (old.bbox[0] !== each.bbox[0] || old.bbox[1] !== each.bbox[1]);
    });
    expect(moved.map((each) => names.get(each.category_id))).toEqual(["compressor"]);
    const added = handed.annotations.filter((each) => !before.has(each.id));
    expect(added.map((each) => names.get(each.category_id))).toEqual(["filter"]);
    expect(
      found.annotations.filter((each) => !handed.annotations.some(({ id }) => id === each.id)),
    ).toHaveLength(1);
    expect(handed.annotations.every((each) => each.score === undefined)).toBe(true);
  });

  test("the mask is painted and erased, strokes undone; what is handed in is the sheet's size with the pixels as painted", async () => {
    await correct("Are the lines found?");
    const read = async () => {
      const { bytes } = await api.artifact(uid, "pipe_mask.png");
      return sharp(bytes).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
    };
    const before = await read();
    const center = await middle(page);
    // A line that is there for certain: the whole sheet is in view, and it is as wide as the viewer.
    await page.keyboard.press("l");
    await drag(page, { x: center.x - 200, y: center.y + 37 }, 400, 0);
    await page.keyboard.press("b");
    await drag(page, { x: center.x - 100, y: center.y - 61 }, 60, 20);
    await page.keyboard.press("Control+z");
    await expect.poll(() => page.getByRole("button", { name: "redo" }).isEnabled()).toBe(true);
    await kept(page);
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await page.getByText("You go on with the draft").waitFor();
    await approve("masks");
    const after = await read();
    expect([after.info.width, after.info.height, after.info.channels]).toEqual([WIDTH, HEIGHT, 1]);
    const rows = new Set<number>();
    let lost = 0;
    for (let i = 0; i < after.data.length; i++) {
      if (after.data[i] === before.data[i]) continue;
      if (after.data[i] === 0) lost++;
      else rows.add(Math.floor(i / WIDTH));
    }
    // One level line was added, and nothing was taken away.
    expect(lost).toBe(0);
    expect(rows.size).toBeGreaterThan(0);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(40);
  });

  test("a node and a line are added to the graph, another node is taken away; the result has them", async () => {
    await correct("Is the graph right?");
    const found = await api.artifactJson<Graph>(uid, "graph.json");
    const count = (nodes: number) =>
      page.getByRole("heading", { name: new RegExp(`^${nodes} nodes`) }).waitFor();
    await count(found.nodes.length);
    // Away from where the new line will be.
    await choose(page, 3);
    await page.locator(".sheet-view").focus();
    await page.keyboard.press("Delete");
    await count(found.nodes.length - 1);

    await choose(page, 0);
    const center = await middle(page);
    await page.locator(".sheet-view").focus();
    await page.keyboard.press("t");
    await page.mouse.click(center.x + 150, center.y + 130);
    await count(found.nodes.length);
    const added = ((await page.locator("h2 code").textContent()) ?? "").trim();
    await page.keyboard.press("e");
    await drag(page, center, 150, 130);
    await page.getByRole("heading", { name: /^Line/ }).waitFor();
    await page.getByLabel("Kind").selectOption("signal");
    await page.getByLabel("Style").selectOption("dashed");
    await page.getByLabel("Direction").selectOption("forward");
    const line = ((await page.locator("h2 code").textContent()) ?? "").trim();
    await kept(page);
    expect(await axe(page)).toEqual([]);
    await approve("graph");

    const { artifacts } = await api.reached(uid, "completed", { timeoutMs: PATIENCE });
    expect(Object.keys(artifacts)).toContain("overlay.svg");
    const graph = await api.artifactJson<Graph>(uid, "validated_graph.json");
    expect(graph.edges.find((edge) => edge.id === line)).toMatchObject({
      target: added,
      line: "signal",
      style: "dashed",
      direction: "forward",
    });
    expect(graph.nodes.some((node) => node.id === added && node.type === "tee")).toBe(true);
    expect(found.nodes.filter((node) => !graph.nodes.some(({ id }) => id === node.id))).toHaveLength(1);
    await page.getByText("completed").first().waitFor();
  });

  test("boxes are visited, confirmed and relabelled from the keyboard, the least certain first", async () => {
    const { png } = await sheetPng(12, WIDTH, HEIGHT);
    expect((await api.submit("race-1", png, { review: "manual" })).status).toBe(202);
    await api.reached("race-1", "awaiting_annotation", { timeoutMs: PATIENCE });
    const { annotations } = await api.artifactJson<Coco>("race-1", "detections.json");
    const unsure = annotations.toSorted((a, b) => (a.score ?? 1) - (b.score ?? 1)).map(({ id }) => id);
    await page.goto(`${up.url}/diagrams/race-1?correct=annotation`);
    await page.locator(".sheet-tools").waitFor();
    await settled(page);
    await page.locator(".sheet-view").focus();
    const chosen = page.locator(".items button.chosen");
    await page.keyboard.press("n");
    await chosen.waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("c");
    // Letters before the field has the focus would be keys of the viewer.
    await expect
      .poll(() =>
        page.getByLabel("class", { exact: true }).evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.type("compressor");
    await page.keyboard.press("Enter");
    await page.locator(".items button.chosen", { hasText: "compressor" }).waitFor();
    await page.keyboard.press("Control+s");
    await kept(page);
    const saved = await draft<Coco>(api, "race-1", "annotation");
    const names = new Map(saved.categories.map((each) => [each.id, each.name]));
    const now = (id: number | undefined) => saved.annotations.find((each) => each.id === id);
    // The first was confirmed, which leads to the second.
    expect(now(unsure[0])?.score).not.toBe(annotations.find(({ id }) => id === unsure[0])?.score);
    expect(names.get(now(unsure[1])?.category_id ?? -1)).toBe("compressor");
  });

  test("who comes second hears that somebody else was faster, and keeps what was done", async () => {
    await page.goto(`${up.url}/diagrams/race-1?correct=annotation`);
    await page.locator(".sheet-tools").waitFor();
    await settled(page);
    await choose(page, 0);
    await page.locator(".sheet-view").focus();
    await page.keyboard.press("Delete");
    await kept(page);
    expect((await api.post("/api/diagrams/race-1/approve/annotation?by=Vera")).status).toBe(202);
    await page.getByRole("alert").filter({ hasText: "does not wait here any more" }).waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Approve" }).isEnabled()).toBe(false);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save my version" }).click();
    expect((await download).suggestedFilename()).toBe("race-1-annotations.json");
  });

  test("on a phone list and viewer are there, correcting asks for a wider screen", async () => {
    const phone = await openPage(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await phone.page.goto(`${up.url}/diagrams`);
    await phone.page.locator(".diagram-row").first().waitFor();
    expect(await axe(phone.page)).toEqual([]);
    await phone.page.goto(`${up.url}/diagrams/${uid}`);
    await phone.page.locator(".sheet-overlay").waitFor();
    expect(await axe(phone.page)).toEqual([]);
    const wider = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    await phone.page.goto(`${up.url}/diagrams/${uid}?correct=graph`);
    await phone.page.getByText(/wider screen|does not wait/).waitFor();
    expect(phone.complaints).toEqual([]);
    await phone.page.context().close();
  });

  test("the console had nothing to complain about", () => {
    expect(complaints).toEqual([]);
  });
});
