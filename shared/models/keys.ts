import { Refusal } from "#shared/errors";
import { MODEL_NAMES, type ModelName } from "#shared/messages";
import { isModelName } from "./declared.ts";
import { SHIPPED } from "./records.ts";

/** KV key of a version's record. */
export const versionKey = (name: ModelName, version: string) => `${name}.${version}`;

/** KV key of the number the next version gets. */
export const nextKey = (name: ModelName) => `${name}.next`;

/** Name of a version's file in object store `models`. */
export const fileKey = (name: ModelName, version: string) => `versions/${name}/${version}.onnx`;

/** @throws Refusal `MODEL_UNKNOWN` */
export function checkModelName(name: string): ModelName {
  if (isModelName(name)) return name;
  throw new Refusal(
    "missing",
    "MODEL_UNKNOWN",
    `there is no model "${name.slice(0, 60)}"; there are ${MODEL_NAMES.join(", ")}`,
  );
}

/**
 * Checks that a text reads like a version, so that it can be part of a key.
 * @throws Refusal `MODEL_VERSION_UNKNOWN`
 */
export function checkVersionName(name: ModelName, version: string): string {
  if (version === SHIPPED || /^v[1-9]\d{0,8}$/.test(version)) return version;
  throw unknownVersion(name, version);
}

/** The refusal of a version that is not there. */
export const unknownVersion = (name: ModelName, version: string) =>
  new Refusal(
    "missing",
    "MODEL_VERSION_UNKNOWN",
    `there is no version "${version.slice(0, 60)}" of model ${name}`,
  );
