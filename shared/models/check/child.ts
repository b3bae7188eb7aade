/** A process that tries one model file for its parent and ends: a hostile file kills this one and nobody else. */
import { writeFileSync } from "node:fs";
import { toFailure } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { type KnownOfModel, tryModel } from "./try-model.ts";

/** What the parent sends. */
export interface CheckRequest {
  name: ModelName;
  path: string;
  known: KnownOfModel;
}

try {
  // Should the file ask for all memory there is, this is the process the kernel ends.
  writeFileSync("/proc/self/oom_score_adj", "1000");
} catch {
  // Not Linux: the time limit is left.
}

process.on("disconnect", () => process.exit(0));
process.once("message", async ({ name, path, known }: CheckRequest) => {
  const answer = await tryModel(name, path, known).then(
    (tried) => ({ tried }),
    (error) => ({ failure: toFailure(error) }),
  );
  process.send?.(answer, () => process.exit(0));
});
