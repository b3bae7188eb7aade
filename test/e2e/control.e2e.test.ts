import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NatsServer, startNatsServer } from "#shared/nats-server";
import { eventually, temporaryFolder } from "#test/nats";
import { Api } from "./stack/api.ts";
import { axe, CHROMIUM, openBrowser, openPage } from "./stack/browser.ts";
import { ROOT } from "./stack/program.ts";
import { startUp, type Up } from "./stack/up.ts";

if (!CHROMIUM) console.warn("no Chromium is installed: steering from the pages is not tested");

/** A shared machine takes its time. */
const PATIENCE = 120_000;

interface Worker {
  worker: string;
  stage: string;
  slots: number;
  state: string;
}
interface StageSettings {
  stage: string;
  settings: Record<string, unknown>;
}
interface Model {
  name: string;
  live: string | null;
  versions: { version: string }[];
}

describe.skipIf(!CHROMIUM)("an operator steers the system in the browser", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let nats: NatsServer;
  let up: Up;
  let api: Api;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let complaints: string[];

  const start = async () => {
    up = await startUp(`${folder.path}/up`, { NATS_URL: nats.url });
    api = new Api(up.url);
  };
  beforeAll(async () => {
    folder = await temporaryFolder("penstock-control-");
    nats = await startNatsServer({ storeDir: `${folder.path}/nats`, supervise: false });
    await start();
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await up?.[Symbol.asyncDispose]();
    await nats?.stop();
    await folder?.[Symbol.asyncDispose]();
  });

  const dialog = () => page.getByRole("dialog");
  const workerOf = async (stage: string) =>
    (await api.get<{ workers: Worker[] }>("/api/v1/workers")).body.workers.find(
      (each) => each.stage === stage && each.state === "online",
    );
  const settingsOf = async (stage: string) =>
    (await api.get<{ stages: StageSettings[] }>("/api/settings")).body.stages.find(
      (each) => each.stage === stage,
    )?.settings;
  const modelNamed = async (name: string) =>
    (await api.get<{ models: Model[] }>("/api/models")).body.models.find((each) => each.name === name);
  const tasksOf = async (run: string) =>
    (
      await api.get<{ tasks: { id: string; state: string; args: string | null }[] }>(
        `/api/v1/tasks?run=${run}`,
      )
    ).body.tasks;

  /** Chooses an action of a stage's worker, fills its fields, and confirms. */
  const act = async (stage: string, verb: string, fields: Record<string, string> = {}) => {
    await page.getByRole("button", { name: new RegExp(`^act on ${stage}-`) }).click();
    await page.getByRole("menuitem", { name: verb }).click();
    for (const [label, value] of Object.entries(fields)) await dialog().getByLabel(label).fill(value);
    await dialog().locator(".dialog-foot .button").last().click();
    await expect.poll(() => dialog().count()).toBe(0);
  };
  const slots = (stage: string) =>
    page.getByRole("row", { name: new RegExp(`^${stage} `) }).locator(".slots");

  test("a worker grows, shrinks, scales by itself, and gets limits", async () => {
    await page.goto(`${up.url}/workers`);
    await expect.poll(() => slots("export").textContent(), { timeout: PATIENCE }).toBe("0/4");
    await act("export", "Grow", { Slots: "3" });
    await expect.poll(() => slots("export").textContent(), { timeout: PATIENCE }).toBe("0/7");
    await act("export", "Shrink", { Slots: "5" });
    await expect.poll(() => slots("export").textContent(), { timeout: PATIENCE }).toBe("0/2");
    await act("export", "Autoscale", { Least: "1", Most: "3" });
    // It scales from what it has: from now on its bounds hold, and it may grow above two only when work waits.
    await expect
      .poll(async () => (await workerOf("export"))?.slots ?? 0, { timeout: PATIENCE })
      .toBeLessThan(4);
    await act("export", "Cancel consumer");
    await expect.poll(() => slots("export").textContent(), { timeout: PATIENCE }).toBe("0/0");
    await act("export", "Add consumer");
    await eventually("its bounds hold again", async () => ((await workerOf("export"))?.slots ?? 0) > 0);
    await act("export", "Restart pool");
    for (const action of ["cancel-consumer", "add-consumer", "restart"])
      await eventually(`the trail names ${action}`, async () => {
        const { body } = await api.get<{ entries: unknown[] }>(`/api/audit?action=worker.${action}`);
        return body.entries.length > 0;
      });
    await act("export", "Rate limit", { "Starts per minute": "90" });
    await act("export", "Time limits", { "Soft limit (s)": "60", "Hard limit (s)": "70" });
    await eventually("the limits hold", async () => {
      const now = await settingsOf("export");
      return now?.ratePerMinute === 90 && now.softLimitMs === 60_000 && now.hardLimitMs === 70_000;
    });
  });

  test("the tasks that were chosen are sent again together, after a preview, for a reason", async () => {
    const bytes = new TextEncoder().encode("no drawing at all");
    for (const uid of ["bulk-1", "bulk-2"]) {
      await api.submit(uid, bytes, { name: `${uid}.png` });
      await api.reached(uid, "error", { timeoutMs: PATIENCE });
    }
    await page.goto(`${up.url}/tasks?state=FAILURE`);
    await page.getByRole("checkbox", { name: "choose ingest.bulk-1" }).check();
    await page.getByRole("checkbox", { name: "choose ingest.bulk-2" }).check();
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Retry …" }).click();
    await dialog().getByText("2 tasks match").waitFor();
    await dialog().getByText("ingest.bulk-1").waitFor();
    expect(await axe(page)).toEqual([]);
    const confirm = dialog().getByRole("button", { name: "Retry 2" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog().getByLabel("Reason").fill("the scanner was broken");
    await confirm.click();
    await page.getByText("2 of 2 sent again").waitFor();
    for (const uid of ["bulk-1", "bulk-2"])
      await eventually(
        "it has run again",
        async () => (await tasksOf(uid)).some(({ id, state }) => id.endsWith(".g1") && state === "FAILURE"),
        PATIENCE,
      );
  });

  test("a failed task is sent again with an edited message; what is no JSON cannot be sent", async () => {
    await page.goto(`${up.url}/tasks/ingest.bulk-1`);
    await page.getByRole("button", { name: "Edit and retry" }).click();
    const message = dialog().getByRole("textbox").first();
    await expect.poll(() => message.inputValue(), { timeout: PATIENCE }).toContain("bulk-1.png");
    const text = await message.inputValue();
    await message.fill("{ no json");
    const send = dialog().getByRole("button", { name: "Retry with this" });
    expect(await send.isDisabled()).toBe(true);
    await message.fill(text.replace("bulk-1.png", "boiler, second try.png"));
    await send.click();
    await eventually(
      "it runs with the new message",
      async () => (await tasksOf("bulk-1")).some(({ args }) => args?.includes("boiler, second try.png")),
      PATIENCE,
    );
  });

  test("a changed setting holds within two seconds, and after a restart", async () => {
    await page.goto(`${up.url}/settings`);
    await page.getByRole("button", { name: "change thin" }).click();
    await dialog().getByLabel("Slots of each worker").fill("2");
    await dialog().getByLabel("Starts per minute, all workers").fill("120");
    await dialog().getByRole("button", { name: "Save" }).click();
    await page.getByText("thin: settings saved").waitFor();
    await eventually("its worker follows", async () => (await workerOf("thin"))?.slots === 2);
    await up.stop();
    await start();
    expect(await settingsOf("thin")).toMatchObject({ slots: 2, ratePerMinute: 120 });
    await page.goto(`${up.url}/workers`);
    // While nobody answered, the browser said so.
    complaints.length = 0;
    await expect.poll(() => slots("thin").textContent(), { timeout: PATIENCE }).toBe("0/2");
    await page.goto(`${up.url}/settings`);
    await page.getByRole("row", { name: /^thin/ }).getByText("120/min").waitFor();
  });

  test("a version of a model is promoted, and rolled back", async () => {
    const file = await readFile(`${ROOT}models/detector.onnx`);
    const added = await api.post<{ version: string }>("/api/models/detector", file);
    expect(added.status).toBe(201);
    const before = (await modelNamed("detector"))?.live ?? "";
    await page.goto(`${up.url}/retraining`);
    const row = page.getByRole("row", { name: /^detector/ });
    await row.getByText(added.body.version).waitFor();
    await row.getByRole("button", { name: /versions/ }).click();
    await dialog().locator(".version", { hasText: added.body.version }).locator("summary").click();
    await dialog().getByRole("button", { name: "Promote …" }).first().click();
    await dialog().getByRole("button", { name: "Promote", exact: true }).click();
    await page.getByText(`detector ${added.body.version} is live`).waitFor();
    expect((await modelNamed("detector"))?.live).toBe(added.body.version);
    await page.keyboard.press("Escape");
    await row.getByRole("button", { name: "Roll back …" }).click();
    await dialog().getByRole("button", { name: "Roll back" }).click();
    await eventually("the shipped one is live", async () => (await modelNamed("detector"))?.live === before);
  });

  test("a run of training is started by hand; without corrections it says what is missing", async () => {
    await page.getByRole("button", { name: "Start a run …" }).click();
    await dialog()
      .getByRole("checkbox", { name: /^ranking/ })
      .uncheck();
    await dialog().getByLabel("Reason").fill("to see it");
    await dialog().getByRole("button", { name: "Start" }).click();
    await page.getByText(/^Run .* is started$/).waitFor();
    await page.locator(".run-grid .reason").first().waitFor({ timeout: PATIENCE });
    expect(await axe(page)).toEqual([]);
  });

  test("a schedule is switched off and on, and run now", async () => {
    await page.goto(`${up.url}/schedules`);
    const row = page.getByRole("row", { name: /^retrain-nightly/ });
    await row.getByRole("button", { name: "Disable" }).click();
    await row.locator(".state", { hasText: /off$/ }).first().waitFor();
    await page.reload();
    await row.locator(".state", { hasText: /off$/ }).first().waitFor();
    await row.getByRole("button", { name: "Enable" }).click();
    await row.locator(".state", { hasText: /on$/ }).first().waitFor();
    await row.getByRole("button", { name: "Run now …" }).click();
    await dialog().locator(".dialog-foot .button").last().click();
    await page.getByText(/^Run .* is started$/).waitFor();
    await row.locator("a").first().waitFor({ timeout: PATIENCE });
  });

  test("a page of a list reached by a link leads back to the first", async () => {
    const second = await api.get<{ cursor: string | null }>("/api/v1/tasks?limit=1");
    await page.goto(`${up.url}/tasks?cursor=${second.body.cursor}&page=1`);
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await page.locator("table.tasks tbody tr").first().waitFor();
  });

  test("NATS goes away: the page says so, and goes on by itself when it is back", async () => {
    await page.goto(up.url);
    await page.locator(".link-state.live").waitFor();
    expect(complaints).toEqual([]);
    const { port, storeDir } = nats;
    await nats.kill("SIGKILL");
    await page.locator("main > .note", { hasText: "Live updates are away" }).waitFor({ timeout: PATIENCE });
    expect(await axe(page)).toEqual([]);
    nats = await startNatsServer({ storeDir, port, supervise: false });
    await page.locator(".link-state.live").waitFor({ timeout: PATIENCE });
    await expect.poll(() => page.locator("main > .note").count(), { timeout: PATIENCE }).toBe(0);
    // It is told of what happens now, without being asked.
    const drawing = new TextEncoder().encode("no drawing");
    await eventually("it is taken", async () => {
      const { status } = await api.submit("after-1", drawing, { name: "after the storm.png" });
      // Taken by a try whose answer was lost: that is as good.
      return status === 202 || status === 409;
    });
    await page.locator(".latest-list li", { hasText: "after the storm.png" }).waitFor({ timeout: PATIENCE });
  });
});
