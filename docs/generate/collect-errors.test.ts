import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { collectErrors, REFUSED } from "./collect-errors.ts";

const collect = (text: string) => collectErrors("a.ts", text);

it("reads code, kind and sentence, and names what is filled in", () => {
  const text = `
    if (size > limit)
      throw new PermanentError(
        "MASK_TOO_LARGE",
        \`the mask "\${name.slice(0, 80)}" has \${mask.widthPx} px (limit \${limit()}), say \${a ? "x" : \`y)\`}\`,
        { cause },
      );`;
  expect(collect(text)).toEqual([
    {
      kind: "permanent",
      code: "MASK_TOO_LARGE",
      sentence: 'the mask "‹name›" has ‹widthPx› px (limit ‹…›), say ‹…›',
      file: "a.ts",
    },
  ]);
});

it("knows every way an error is made", () => {
  expect(collect('new RetryableError("STORE_UNREACHABLE", "away")')[0]?.kind).toBe("retryable");
  expect(collect('new Refusal("conflict", "UID_TAKEN", "taken")')[0]).toMatchObject({
    kind: "refused, 409",
    code: "UID_TAKEN",
  });
  expect(collect('new HttpProblem(413, "BODY_TOO_LARGE", "more")')[0]?.kind).toBe("refused, 413");
  expect(collect('super("permanent", "LOST_RACE", "was first")')[0]).toMatchObject({ kind: "permanent" });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source code to be read
  expect(collect('const f = { kind: "retryable", code: "WORKER_LOST", message: `after ${n}` };')[0]).toEqual({
    kind: "retryable",
    code: "WORKER_LOST",
    sentence: "after ‹n›",
    file: "a.ts",
  });
});

it("takes every code a choice is between", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source code to be read
  const text = 'new PermanentError(pdf ? "PDF_TOO_LONG" : "IMAGE_TOO_LONG", `it has ${pages} pages`)';
  expect(collect(text).map((site) => site.code)).toEqual(["PDF_TOO_LONG", "IMAGE_TOO_LONG"]);
});

it("leaves out what has no code of its own, and says nothing it does not know", () => {
  expect(collect("new PermanentError(code, message)")).toEqual([]);
  expect(collect('new PermanentError("BAD_SEARCH", sentence)')[0]?.sentence).toBe("…");
  expect(collect('new PermanentError("BAD_X", "a" + b)')[0]?.sentence).toBe("…");
});

it("answers refusals with the statuses the gateway uses", () => {
  const source = readFileSync(new URL("../../services/gateway/http/problem.ts", import.meta.url), "utf8");
  for (const [reason, status] of Object.entries(REFUSED))
    expect(source).toMatch(new RegExp(`"?${reason}"?: ${status},`));
});

it("finds the errors of this repository", () => {
  const source = readFileSync(new URL("../../shared/messages/artifact-of.ts", import.meta.url), "utf8");
  expect(collectErrors("artifact-of.ts", source)).toMatchObject([
    { code: "ARTIFACT_ABSENT", kind: "permanent", sentence: "the event of diagram ‹uid› names no ‹name›" },
  ]);
});
