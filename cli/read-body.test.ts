import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
import { readBody } from "./read-body.ts";

test("a message is given as JSON or as a file", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "input.json");
  await writeFile(path, '{"review":"manual"}');
  expect(await readBody('{"page":2}')).toEqual({ page: 2 });
  expect(await readBody(`@${path}`)).toEqual({ review: "manual" });
  await expect(readBody(`@${path}.none`)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test.each(["{", "[]", "3", "null"])("%s is no message, and is refused", (given) =>
  expect(readBody(given)).rejects.toMatchObject({ code: "NOT_JSON" }),
);
