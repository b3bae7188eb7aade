import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, temporaryFolder } from "#test/nats";
import { axe, CHROMIUM, openBrowser, openPage } from "./stack/browser.ts";
import { executorsOf, signal } from "./stack/processes.ts";
import { sheetPng } from "./stack/sheet.ts";
import { startUp, type Up } from "./stack/up.ts";

if (!CHROMIUM) console.warn("no Chromium is installed: the operators' pages are not tested");

/** A shared machine takes its time. */
const PATIENCE = 180_000;
const TOKEN = "may-do-everything";
const VIEWER = "may-only-look";

const PAGES = [
  ...["/", "/diagrams", "/tasks", "/workers", "/queues", "/dead", "/retraining", "/schedules"],
  ...["/settings", "/audit", "/api/docs"],
];

interface Task {
  id: string;
  run: string;
  state: string;
}

describe.skipIf(!CHROMIUM)("an operator runs the system in the browser", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let up: Up;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    folder = await temporaryFolder("penstock-web-");
    up = await startUp(folder.path, {
      GATEWAY_TOKEN: TOKEN,
      GATEWAY_VIEWER_TOKEN: VIEWER,
      GATEWAY_BADGE: "test bench",
    });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await up?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  const call = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(up.url + path, { ...init, headers: { authorization: `Bearer ${TOKEN}` } });
    return (await response.json()) as T;
  };
  const submit = (uid: string, name: string, bytes: Uint8Array) =>
    call(`/api/diagrams?${new URLSearchParams({ uid, name })}`, { method: "POST", body: bytes as BodyInit });
  const tasksOf = async (run: string) => (await call<{ tasks: Task[] }>(`/api/v1/tasks?run=${run}`)).tasks;
  const dialog = () => page.getByRole("dialog");
  const signIn = async (on: Page, token: string) => {
    await on.getByLabel("Token", { exact: true }).last().fill(token);
    await on.getByRole("button", { name: "Sign in" }).click();
  };

  test("a wrong token is refused in words, the right one leads to the overview of the badged environment", async () => {
    await page.goto(up.url);
    await signIn(page, "not-the-token");
    await page.getByRole("alert").getByText("UNAUTHORIZED").waitFor();
    expect(await axe(page)).toEqual([]);
    await signIn(page, TOKEN);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.locator(".side .badge", { hasText: "test bench" }).waitFor();
    // The browser itself reports answers with status 401.
    expect(complaints.filter((text) => !/401/.test(text))).toEqual([]);
    complaints.length = 0;
  });

  test("the overview shows a diagram that is handed in, live, until it is done", async () => {
    await page.locator(".link-state.live").waitFor();
    const { png } = await sheetPng(21, 900, 700);
    await submit("live-1", "boiler house.png", png);
    const row = page.locator(".latest-list li", { hasText: "boiler house.png" });
    await row.waitFor();
    await row.getByText("completed").waitFor({ timeout: PATIENCE });
    await page.locator(".tile", { hasText: /^1\s*done$/ }).waitFor();
    await page.locator(".flow-node", { hasText: "export" }).getByText("✓ 1").waitFor();
    await expect.poll(() => page.locator(".chart canvas").count()).toBe(1);
  });

  test("tasks are found by state and text, a mistake in the search is shown where it is", async () => {
    await submit("bad-1", "no drawing.png", new TextEncoder().encode("no drawing at all"));
    await eventually(
      "it fails",
      async () => (await tasksOf("bad-1")).some((task) => task.state === "FAILURE"),
      PATIENCE,
    );
    await page.getByRole("link", { name: "Tasks" }).click();
    await page.getByRole("button", { name: /failed/ }).click();
    await page.locator("table.tasks tbody tr").first().waitFor();
    await expect.poll(() => page.locator("table.tasks tbody tr").count()).toBe(1);
    await page.getByRole("button", { name: "all", exact: true }).click();
    await page.keyboard.press("/");
    await page.keyboard.type('boiler "');
    await page.locator(".search-problem mark", { hasText: '"' }).waitFor();
    complaints.length = 0;
    await page.getByRole("searchbox").fill("args:boiler");
    await expect.poll(() => page.locator("table.tasks tbody tr", { hasText: "bad-1" }).count()).toBe(0);
    await page.locator("table.tasks tbody tr", { hasText: "ingest.live-1" }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("args:boiler");
  });

  test("a failed task tells why, and is retried", async () => {
    await page.goto(`${up.url}/tasks?run=bad-1`);
    await page.getByRole("link", { name: "ingest.bad-1" }).click();
    await page.getByText("NOT_AN_IMAGE").first().waitFor();
    await page.getByText("no drawing.png").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Retry", exact: true }).click();
    await dialog().getByLabel("Reason").fill("the disk was full");
    await dialog().getByRole("button", { name: "Retry" }).click();
    await page.getByText("is sent again").waitFor();
    await eventually(
      "it has run again",
      async () => (await tasksOf("bad-1")).find(({ id, state }) => id.endsWith(".g1") && state === "FAILURE"),
      PATIENCE,
    );
    await page.goto(`${up.url}/audit?action=retry`);
    await page.getByText("the disk was full").waitFor();
  });

  test("a running task is revoked", async () => {
    const { png } = await sheetPng(22, 4200, 3200);
    await submit("long-1", "large.png", png);
    // However fast the machine: the task must not be over before somebody has found the button.
    let held: number[] = [];
    const hold = (on: boolean) => {
      if (on) held = executorsOf(up.program.pid);
      for (const pid of held) signal(pid, on ? "SIGSTOP" : "SIGCONT");
    };
    const input: Record<string, string> = { detect: "ingested", segment: "annotated" };
    const running = await eventually(
      "a task of it runs",
      async () => {
        const [task, from] = (await tasksOf("long-1")).flatMap((each) => {
          const before = input[each.id.split(".")[0] ?? ""];
          return each.state === "STARTED" && before ? [each, before] : [];
        }) as [Task?, string?];
        if (!task) return undefined;
        hold(true);
        if ((await call<{ state: string }>("/api/diagrams/long-1")).state === from) return task;
        // It was over before it could be held: there is another.
        hold(false);
        return undefined;
      },
      PATIENCE,
    );
    try {
      await page.goto(`${up.url}/tasks/${running.id}`);
      await page.getByRole("button", { name: "Revoke" }).click();
      await dialog().getByRole("button", { name: "Revoke" }).click();
      await page.getByText("long-1 is revoked").waitFor();
      await page.locator("h1 .state.revoked").waitFor({ timeout: PATIENCE });
    } finally {
      hold(false);
    }
    expect((await call<{ state: string }>("/api/diagrams/long-1")).state).toBe("revoked");
  });

  test("a stage is paused and resumed; what waits meanwhile is seen", async () => {
    await page.getByRole("link", { name: "Queues" }).click();
    await page.getByRole("button", { name: "pause detect" }).click();
    await dialog().getByRole("button", { name: "Pause" }).click();
    const row = page.getByRole("row", { name: /^detect/ });
    await row.getByText("paused").waitFor();
    expect(await row.getByText("no workers").count()).toBe(0);
    const uid = `wait-${Date.now()}`;
    const { png } = await sheetPng(23, 700, 500);
    await submit(uid, "waits.png", png);
    try {
      await expect.poll(() => row.getByRole("cell").nth(0).textContent(), { timeout: PATIENCE }).toBe("1");
      expect(await tasksOf(uid)).not.toContainEqual(
        expect.objectContaining({ id: `detect.${uid}`, state: "STARTED" }),
      );
      await page.getByRole("button", { name: "resume detect" }).click();
      await dialog().getByRole("button", { name: "Resume" }).click();
      await expect.poll(() => row.getByText("paused").count()).toBe(0);
    } finally {
      // Whatever went wrong: nothing after this finds the stage paused.
      await call("/api/queues/detect/resume", { method: "POST" });
    }
    await eventually(
      "it is worked on",
      async () => (await call<{ state: string }>(`/api/diagrams/${uid}`)).state === "completed",
      PATIENCE,
    );
  });

  test("purging wants the queue's name typed", async () => {
    await page.getByRole("button", { name: "purge detect" }).click();
    const purge = dialog().getByRole("button", { name: "Purge" });
    await dialog().getByLabel("Reason").fill("a try");
    expect(await purge.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/to confirm/)
      .fill("detec");
    expect(await purge.isDisabled()).toBe(true);
    await dialog()
      .getByLabel(/to confirm/)
      .fill("detect");
    expect(await purge.isDisabled()).toBe(false);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog().count()).toBe(0);
  });

  test("a dead letter is looked at and redriven", async () => {
    const nc = await connect({ servers: up.natsUrl });
    await jetstream(nc).publish("diagram.ingested.poison-1", JSON.stringify({ nonsense: true }));
    await nc.close();
    await page.getByRole("link", { name: /^Dead letters/ }).click();
    await page.getByRole("link", { name: "poison-1" }).waitFor({ timeout: PATIENCE });
    const [letter] = (await call<{ letters: { seq: number }[] }>("/api/dead")).letters;
    await page.getByRole("button", { name: `#${letter?.seq}` }).click();
    await dialog().getByText('"nonsense": true').waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog().getByRole("button", { name: "Redrive" }).click();
    await page.getByText(`Letter ${letter?.seq} is sent again`).waitFor();
    // It is as bad as before: it dies again, as another letter.
    await page.getByRole("button", { name: `#${(letter?.seq ?? 0) + 1}` }).waitFor({ timeout: PATIENCE });
    await expect
      .poll(() => page.getByRole("button", { name: `#${letter?.seq}`, exact: true }).count())
      .toBe(0);
  });

  test("whoever may only look is offered nothing, and refused", async () => {
    const viewer = await openPage(browser);
    await viewer.page.goto(`${up.url}/queues`);
    await signIn(viewer.page, VIEWER);
    const pause = viewer.page.getByRole("button", { name: "pause detect" });
    await pause.waitFor();
    expect(await pause.isDisabled()).toBe(true);
    expect(await pause.getAttribute("title")).toBe("Your role may only look");
    await viewer.page.goto(`${up.url}/tasks/ingest.bad-1`);
    const retry = viewer.page.getByRole("button", { name: "Retry", exact: true });
    await retry.waitFor();
    expect(await retry.isDisabled()).toBe(true);
    await viewer.page.goto(`${up.url}/tasks`);
    await viewer.page.locator("table.tasks tbody tr").first().waitFor();
    expect(await viewer.page.getByRole("checkbox").count()).toBe(0);
    const status = await viewer.page.evaluate(
      async () => (await fetch("/api/queues/detect/pause", { method: "POST" })).status,
    );
    expect(status).toBe(403);
    await viewer.page.context().close();
  });

  test.each([
    { colorScheme: "light" as const, viewport: { width: 1280, height: 800 } },
    { colorScheme: "dark" as const, viewport: { width: 390, height: 844 } },
  ])(
    "every page is accessible, quiet and no wider than the window: $colorScheme, $viewport.width px",
    async (look) => {
      const { cookies } = await page.context().storageState();
      const other = await openPage(browser, { ...look, reducedMotion: "reduce" });
      await other.page.context().addCookies(cookies);
      const found: Record<string, unknown> = {};
      for (const path of PAGES) {
        await other.page.goto(up.url + path);
        await other.page.getByRole("heading", { level: 1 }).waitFor();
        await expect.poll(() => other.page.locator(".loading").count(), { timeout: PATIENCE }).toBe(0);
        const violations = await axe(other.page);
        const wider = await other.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (violations.length > 0 || wider > 0) found[path] = { violations, wider };
      }
      expect(found).toEqual({});
      expect(other.complaints).toEqual([]);
      await other.page.context().close();
    },
  );

  test("keys lead from page to page, and the list of them closes", async () => {
    await page.goto(up.url);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    // A page listens to keys a moment after it is seen.
    await eventually("the keys lead on", async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("w");
      return page
        .getByRole("heading", { name: "Workers" })
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        );
    });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog().count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
