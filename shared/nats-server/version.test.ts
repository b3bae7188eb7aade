import { expect, test } from "vitest";
import { checkServer, isAtLeast, parseVersion } from "./version.ts";

test("reads the version out of what nats-server prints", () => {
  expect(parseVersion("nats-server: v2.15.1\n")).toEqual([2, 15, 1]);
  expect(parseVersion("2.14.0-RC.3")).toEqual([2, 14, 0]);
  expect(parseVersion("nats-server: DEV")).toBeUndefined();
});

test("compares versions as numbers, part by part", () => {
  expect(isAtLeast("2.14.0")).toBe(true);
  expect(isAtLeast("2.15.1")).toBe(true);
  expect(isAtLeast("3.0.0")).toBe(true);
  expect(isAtLeast("2.13.99")).toBe(false);
  expect(isAtLeast("2.9.10")).toBe(false);
  expect(isAtLeast("")).toBe(false);
});

test("an older server is refused in one sentence that names both versions and the address", () => {
  expect(() => checkServer({ version: "2.10.4", jetstream: true }, "nats://bus:4222")).toThrow(
    expect.objectContaining({
      code: "NATS_SERVER_TOO_OLD",
      exitCode: 78,
      message: expect.stringMatching(
        /^nats-server 2\.10\.4 at nats:\/\/bus:4222 is too old: .*2\.14\.0 or newer/,
      ),
    }),
  );
});

test("a server without JetStream is refused", () => {
  expect(() => checkServer({ version: "2.15.1" }, "nats://bus:4222")).toThrow(
    expect.objectContaining({ code: "NATS_NO_JETSTREAM" }),
  );
  expect(() => checkServer({ version: "2.15.1", jetstream: true }, "nats://bus:4222")).not.toThrow();
});
