import { expect, test } from "vitest";
import { checkName, NAME_MAX } from "./check-name.ts";

test("a path is cut down to its last part, on either system", () => {
  expect(checkName("../../etc/passwd")).toBe("passwd");
  expect(checkName("C:\\drawings\\P&ID 4.png")).toBe("P&ID 4.png");
});

test("what is no name once the folders are gone is refused", () => {
  for (const name of ["", "..", "a/..", "drawings/"])
    expect(() => checkName(name)).toThrow(expect.objectContaining({ code: "BAD_NAME" }));
});

test("control characters are refused", () => {
  expect(() => checkName("a\u0000.png")).toThrow(expect.objectContaining({ code: "BAD_NAME" }));
});

test("a long name is refused, naming length and limit", () => {
  expect(() => checkName("ж".repeat(2000))).toThrow(
    expect.objectContaining({ code: "NAME_TOO_LONG", message: expect.stringMatching(/2000 .*300/) }),
  );
  expect(checkName("ж".repeat(NAME_MAX))).toHaveLength(NAME_MAX);
});
