import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, resolve, sep } from "node:path";
import { PermanentError } from "#shared/errors";
import type { DiagramUploaded } from "#shared/messages";
import type { StageArtifacts } from "#shared/stage";
import type { IngestSettings } from "./settings.ts";

/** The bytes a message points to: an object of a store, or a file below the drop folder. */
export async function readSource(
  message: DiagramUploaded,
  artifacts: StageArtifacts,
  settings: IngestSettings,
): Promise<Uint8Array> {
  const limit = settings.maxMegabytes * 1e6;
  if (message.file !== undefined) return readDropped(message.file, settings.dropFolder, limit);
  const object = message.object!;
  const slash = object.indexOf("/");
  return artifacts.get({ bucket: object.slice(0, slash), key: object.slice(slash + 1) }, limit);
}

/** Links are followed before the border of the folder is checked, so none leads out of it. */
async function readDropped(file: string, folder: string, limit: number): Promise<Uint8Array> {
  if (!folder)
    throw new PermanentError(
      "FILE_NOT_ALLOWED",
      '"file" needs a drop folder (INGEST_DROP_FOLDER); send "object" instead',
    );
  if (isAbsolute(file) || file.includes("\0") || file.split(/[\\/]/).includes(".."))
    throw new PermanentError(
      "FILE_NOT_ALLOWED",
      '"file" must be a relative path that stays in the drop folder',
    );
  const root = await realpath(folder);
  const path = await realpath(resolve(root, file)).catch(() => {
    throw new PermanentError("FILE_ABSENT", "there is no such file in the drop folder");
  });
  if (!path.startsWith(root + sep))
    throw new PermanentError("FILE_NOT_ALLOWED", "the file lies outside the drop folder");
  const { size } = await stat(path);
  if (size > limit)
    throw new PermanentError("ARTIFACT_TOO_LARGE", `the file has ${size} bytes, the limit is ${limit}`);
  return readFile(path);
}
