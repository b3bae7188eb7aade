import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

it.skipIf(!existsSync("/dev/full"))("goes on when its log cannot be written: the disk is full", () => {
  const log = createLogger("test", {}, "/dev/full");
  const line = "x".repeat(10_000);
  // More than the lines that are kept.
  for (let i = 0; i < 300; i++) expect(() => log.error(line)).not.toThrow();
});
