import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { temporaryFolder } from "#test/nats";
import type { HttpProblem } from "./http/problem.ts";
import { staticFiles } from "./static-files.ts";

const HTML = { accept: "text/html,*/*" };

async function pages() {
  const folder = await temporaryFolder("penstock-site-");
  await mkdir(join(folder.path, "ui"));
  await writeFile(join(folder.path, "index.html"), "<p>pages</p>");
  await writeFile(join(folder.path, "docs.html"), "<p>docs</p>");
  await writeFile(join(folder.path, "favicon.svg"), "<svg/>");
  await writeFile(join(folder.path, "ui", "main-abc.js"), `"${"x".repeat(5_000)}"`);
  const app = new Hono();
  staticFiles(app as never, folder.path);
  return { app, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

it("serves built files by their type; those named by their content may be kept, the others are asked for again", async () => {
  await using site = await pages();
  const script = await site.app.request("/ui/main-abc.js");
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(script.headers.get("cache-control")).toContain("immutable");
  const icon = await site.app.request("/favicon.svg");
  expect(icon.headers.get("content-type")).toBe("image/svg+xml");
  expect(icon.headers.get("cache-control")).toBe("no-cache");
  const again = await site.app.request("/favicon.svg", {
    headers: { "if-none-match": icon.headers.get("etag") ?? "" },
  });
  expect(again.status).toBe(304);
});

it("packs what is worth it for those who take it", async () => {
  await using site = await pages();
  const packed = await site.app.request("/ui/main-abc.js", { headers: { "accept-encoding": "gzip, br" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  const bytes = Buffer.from(await packed.arrayBuffer());
  expect(bytes.length).toBeLessThan(500);
  expect(gunzipSync(bytes).length).toBe(5_002);
  const small = await site.app.request("/", { headers: { "accept-encoding": "gzip" } });
  expect(small.headers.get("content-encoding")).toBeNull();
});

it("answers every address of a page with the pages' entry, but neither files that are missing nor the API's paths", async () => {
  await using site = await pages();
  for (const path of ["/", "/tasks", "/diagrams/a-1", "/tasks/detect.a-1.g2"])
    expect(await (await site.app.request(path, { headers: HTML })).text(), path).toBe("<p>pages</p>");
  expect(await (await site.app.request("/api/docs")).text()).toBe("<p>docs</p>");
  for (const path of ["/api/nothing", "/ui/gone.js"])
    expect((await site.app.request(path, { headers: HTML })).status, path).toBe(404);
  expect((await site.app.request("/tasks")).status).toBe(404);
});

it("says that the pages are not built", async () => {
  await using folder = await temporaryFolder("penstock-site-");
  const app = new Hono();
  staticFiles(app as never, folder.path);
  app.onError((error, c) => c.text((error as HttpProblem).code, (error as HttpProblem).status));
  const answer = await app.request("/", { headers: HTML });
  expect([answer.status, await answer.text()]).toEqual([503, "PAGES_NOT_BUILT"]);
});
