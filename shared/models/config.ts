import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readEnv } from "#shared/config";

/** Settings of every process that opens models of the registry. */
export const ModelConfig = z.object({
  modelCacheDir: z
    .string()
    .default("")
    .describe(
      "Folder where versions of models are kept once fetched, checked by digest each time; empty: one in the system's temporary folder",
    ),
});
export type ModelConfig = z.infer<typeof ModelConfig>;

/** The cache folder: as set, else one of this user's in the temporary folder. */
export function modelCacheDir(): string {
  const { modelCacheDir: set } = readEnv(ModelConfig);
  return set || join(tmpdir(), `penstock-models-${userInfo().uid}`);
}
