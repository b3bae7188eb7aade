import { createHash } from "node:crypto";
import { PermanentError } from "#shared/errors";
import type { ArtifactRef } from "#shared/messages";

/** Artifacts a version names beside the record of a diagram: what detectors and segmenters learn from. */
export const FROZEN_FILES = [
  "sheet.png",
  "annotations.json",
  "validated_graph.json",
  "style_mask.png",
  "pipe_mask.png",
  "skeleton_source.png",
] as const;
export type FrozenFile = (typeof FROZEN_FILES)[number];

/** References with the digests they had when the version was frozen. */
export type FrozenFiles = Partial<Record<FrozenFile, ArtifactRef>>;

/** Reads an artifact by bucket and key. @throws PermanentError `ARTIFACT_MISSING` */
export type ReadArtifact = (ref: ArtifactRef) => Promise<Uint8Array>;

/** The references of a diagram's event that a version keeps. */
export function frozenFiles(artifacts: Readonly<Record<string, ArtifactRef>>): FrozenFiles {
  const files: FrozenFiles = {};
  for (const name of FROZEN_FILES) if (artifacts[name]) files[name] = artifacts[name];
  return files;
}

/** One line that changes when any of the files is another. */
export const stateOfFiles = (files: FrozenFiles): string =>
  FROZEN_FILES.map((name) => files[name]?.digest ?? "").join(" ");

/**
 * Reads a frozen file: those very bytes, or none.
 * @throws PermanentError `DATASET_PICTURE_GONE` when the diagram was removed since, or what lies there is something else
 */
export async function readFrozen(
  files: FrozenFiles,
  name: FrozenFile,
  read: ReadArtifact,
): Promise<Uint8Array> {
  const ref = files[name];
  if (!ref) throw new PermanentError("DATASET_PICTURE_GONE", `${name} was never made of this diagram`);
  const bytes = await read(ref).catch((cause) => {
    if ((cause as { code?: string }).code !== "ARTIFACT_MISSING") throw cause;
    throw new PermanentError(
      "DATASET_PICTURE_GONE",
      `${name} is gone: the diagram was removed after the version was frozen`,
      { cause },
    );
  });
  const digest = `SHA-256=${createHash("sha256").update(bytes).digest("base64url")}`;
  if (sameDigest(digest, ref.digest)) return bytes;
  throw new PermanentError(
    "DATASET_PICTURE_GONE",
    `${name} has digest ${digest.slice(0, 20)}, the version was frozen with ${ref.digest.slice(0, 20)}`,
  );
}

/** Some writers pad base64, some do not. */
const sameDigest = (a: string, b: string) => a.replace(/=+$/, "") === b.replace(/=+$/, "");
