import { readdirSync, readFileSync } from "node:fs";
import { packageFolder } from "./package-folder.ts";

/** What a shipped model's own description says. */
export interface ModelDescription {
  model: string;
  file: string;
  sha256?: string;
  bytes?: number;
  date?: string;
  names?: string[];
}

/** Descriptions of the models in the package's `models/` folder. */
export function shippedModels(): ModelDescription[] {
  const folder = new URL("models/", packageFolder());
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as ModelDescription)
    .filter((each) => typeof each.model === "string" && typeof each.file === "string");
}
