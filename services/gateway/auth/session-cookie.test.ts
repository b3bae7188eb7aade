import { expect, test } from "vitest";
import { readSession, SESSION_MS, signSession } from "./session-cookie.ts";

const key = Buffer.alloc(32, 7);

test("a session tells whose it is until it is over", () => {
  const cookie = signSession(key, { name: "anna.b@c", role: "operator" }, 1_000);
  expect(readSession(key, cookie, 1_000 + SESSION_MS - 1)).toEqual({ name: "anna.b@c", role: "operator" });
  expect(readSession(key, cookie, 1_000 + SESSION_MS)).toBeNull();
});

test("a session somebody else made or changed is none", () => {
  const cookie = signSession(key, { name: "anna", role: "viewer" });
  expect(readSession(key, cookie.replace(".viewer.", ".admin."))).toBeNull();
  expect(readSession(Buffer.alloc(32, 8), cookie)).toBeNull();
  for (const text of ["", ".", "a.b.c.d", cookie.slice(0, -1)]) expect(readSession(key, text)).toBeNull();
});
