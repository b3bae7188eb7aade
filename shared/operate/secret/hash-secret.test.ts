import { expect, test } from "vitest";
import { hashSecret, isSecretHash, verifySecret } from "./hash-secret.ts";

test("a secret is recognised by its hash, another one is not", async () => {
  const hash = await hashSecret("correct horse");
  expect(hash).toMatch(/^scrypt\.32768\.8\.1\./);
  expect(await verifySecret("correct horse", hash)).toBe(true);
  expect(await verifySecret("correct Horse", hash)).toBe(false);
  expect(await hashSecret("correct horse")).not.toBe(hash);
});

test("letters typed in either Unicode form are the same secret", async () => {
  expect(await verifySecret("caf\u00e9", await hashSecret("cafe\u0301"))).toBe(true);
});

test("what is no hash, or would cost a gigabyte to check, is refused", async () => {
  const [, , , , salt, key] = (await hashSecret("x")).split(".");
  const bad = ["", "plain", `scrypt.3.8.1.${salt}.${key}`, `scrypt.1048576.32.1.${salt}.${key}`];
  for (const hash of bad) {
    expect(isSecretHash(hash)).toBe(false);
    expect(await verifySecret("x", hash)).toBe(false);
  }
});
