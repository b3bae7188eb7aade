import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FatalError } from "#shared/errors";
import { type ModelCard, modelCard } from "./model-card.ts";

/**
 * What a model says about itself: first its own metadata, then `<model>.json` beside it, then `classes.yaml` in the same
 * folder (a list, or `names:` with a list or a map, as in a YOLO data file).
 * @throws FatalError `MODEL_INVALID` when one of these files cannot be read as what it should be
 */
export async function readCard(path: string, metadata: Record<string, string>): Promise<ModelCard> {
  const own = modelCard(metadata);
  // Whatever is called otherwise has nothing of its name beside it.
  const beside = /\.onnx$/i.test(path) ? path.replace(/\.onnx$/i, ".json") : null;
  const sidecar = await readBeside(beside, (text) => {
    const { names, imgsz, slicePx, multipleOf, input, scoreThreshold } = JSON.parse(text) as Record<
      string,
      unknown
    >;
    return modelCard({
      names: asText(names),
      imgsz: asText(imgsz),
      slice_px: asText(slicePx),
      // Our own trainings write it where they describe the input.
      multiple_of: asText(multipleOf ?? (input as { multipleOf?: unknown } | undefined)?.multipleOf),
      score_threshold: asText(scoreThreshold),
    });
  });
  const card = { ...sidecar, ...own, names: own.names.length ? own.names : (sidecar?.names ?? []) };
  if (card.names.length) return card;
  const names = await readBeside(join(dirname(path), "classes.yaml"), async (text) => {
    const { parse } = await import("yaml");
    const content = parse(text) as { names?: unknown } | unknown[];
    return modelCard({ names: asText(Array.isArray(content) ? content : content.names) }).names;
  });
  return { ...card, names: names ?? [] };
}

const asText = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));

async function readBeside<T>(
  path: string | null,
  read: (text: string) => T | Promise<T>,
): Promise<T | undefined> {
  if (path === null) return undefined;
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return await read(text);
  } catch (cause) {
    throw new FatalError("MODEL_INVALID", `${path}: ${(cause as Error).message}`, { cause });
  }
}
