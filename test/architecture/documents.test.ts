import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DiagramUploaded, Graph } from "#shared/messages";
import { DIAGRAM_ARTIFACTS } from "#shared/pipeline";
import { VERBS } from "../../cli/verbs.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const docs = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);
const pages = ["README.md", "CONTRIBUTING.md", ...docs];
const { scripts } = JSON.parse(read("package.json"));

describe.each(pages)("%s", (page) => {
  const text = read(page);

  it("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => !existsSync(join(root, dirname(page), link)));
    expect(missing).toEqual([]);
  });

  it("names only scripts and verbs that exist", () => {
    const asked = [...text.matchAll(/npm run ([a-z][\w:]*)/g)].map(([, name = ""]) => name);
    expect(asked.filter((name) => !(name in scripts))).toEqual([]);
    const verbs = [...text.matchAll(/(?:penstock\.js|(?<![\w-])penstock) ([a-z]+)(?=[ `\n])/g)].map(
      ([, verb = ""]) => verb,
    );
    expect(verbs.filter((verb) => !(verb in VERBS))).toEqual([]);
  });

  it("names only tests that exist", () => {
    const tests = [...text.matchAll(/`((?:shared|services|test)\/[\w./-]+\.test\.ts)`/g)];
    expect(tests.map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it("docs/formats.md tells every artifact of the contract, and an example graph the schema takes", () => {
  const text = read("docs/formats.md");
  for (const name of Object.keys(DIAGRAM_ARTIFACTS)) expect(text).toContain(`\`${name}\``);
  const [, example = ""] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  expect(Graph.safeParse(JSON.parse(example)).error).toBeUndefined();
});

it("docs/nats-cli.md publishes messages the schema takes", () => {
  const bodies = [...read("docs/nats-cli.md").matchAll(/nats pub diagram\.uploaded\S* '(.+?)'/g)];
  expect(bodies.length).toBeGreaterThan(1);
  for (const [, body = ""] of bodies)
    expect(DiagramUploaded.safeParse(JSON.parse(body)).error, body).toBeUndefined();
});

it("docs/reliability.md quotes tests by the names they have", () => {
  const sources = ["shared", "services", "test"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(int|e2e)\.test\.ts$/.test(name))
      .map((name) => read(`${top}/${name}`)),
  );
  const all = sources.join("\n");
  const quoted = [...read("docs/reliability.md").matchAll(/"([a-z][^"\n?]{15,})"/g)].map(
    ([, name = ""]) => name,
  );
  expect(quoted.length).toBeGreaterThan(10);
  expect(quoted.filter((name) => !all.includes(`"${name}"`))).toEqual([]);
});
