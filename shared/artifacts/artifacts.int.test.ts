import { expect, it } from "vitest";
import { type Bus, openObjects } from "#shared/bus";
import { withBus } from "#test/with-bus";
import { attemptPrefix, objectArtifacts } from "./index.ts";

let bus: Bus;

withBus([], (own) => {
  ({ bus } = own);
});

const attempt = (n: number) =>
  objectArtifacts(bus, () => attemptPrefix("d1", "thin", 0, n), { "a.png": "image/png" });

it("gives back what was stored, with size, digest and content type in the reference", async () => {
  const bytes = new Uint8Array(300_000).map((_, i) => i * 31);
  const ref = await attempt(1).put("a.png", bytes);
  expect(ref).toMatchObject({ bucket: "artifacts", size: 300_000, contentType: "image/png" });
  expect(ref.digest).toMatch(/^SHA-256=/);
  expect(ref.key).toMatch(/^d1\/thin-g0a1-[0-9a-f]{6}\/a\.png$/);
  expect(Buffer.compare(await attempt(2).get(ref), bytes)).toBe(0);
});

it("never overwrites what another attempt wrote", async () => {
  const first = await attempt(1).put("a.png", "one");
  const second = await attempt(1).put("a.png", "two");
  expect(second.key).not.toBe(first.key);
  expect(new TextDecoder().decode(await attempt(1).get(first))).toBe("one");
});

it("names what is missing and what is too large, before reading it", async () => {
  const ref = await attempt(1).put("a.png", new Uint8Array(1000));
  await expect(attempt(1).get({ ...ref, key: "no/such" })).rejects.toMatchObject({
    code: "ARTIFACT_MISSING",
  });
  await expect(attempt(1).get({ ...ref, bucket: "no-such" })).rejects.toMatchObject({
    code: "ARTIFACT_MISSING",
  });
  await expect(attempt(1).get({ ...ref, bucket: "../x" })).rejects.toMatchObject({
    code: "ARTIFACT_MISSING",
  });
  await expect(attempt(1).get(ref, 999)).rejects.toMatchObject({ code: "ARTIFACT_TOO_LARGE" });
});

it("reads an empty object, and what a person put by hand", async () => {
  const inbox = await openObjects(bus, "inbox");
  await inbox.putBlob({ name: "sheet.png" }, new Uint8Array());
  expect((await attempt(1).get({ bucket: "inbox", key: "sheet.png" })).byteLength).toBe(0);
});
