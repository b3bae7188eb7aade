import { artifactOf, Coco, type DiagramEvent } from "#shared/messages";
import type { StageArtifacts } from "#shared/stage";
import type { SymbolBox } from "#shared/vision";

/** The accepted symbols, each with the detector's score when it is a detection that nobody changed. */
export async function readSymbols(message: DiagramEvent, artifacts: StageArtifacts): Promise<SymbolBox[]> {
  const read = async (name: string) =>
    Coco.parse(JSON.parse(new TextDecoder().decode(await artifacts.get(artifactOf(message, name)))));
  const accepted = await read("annotations.json");
  const names = new Map(accepted.categories.map(({ id, name }) => [id, name]));
  const key = (name: string | undefined, bbox: readonly number[]) => `${name} ${bbox.join(" ")}`;
  const scores = new Map<string, number>();
  if (message.artifacts["detections.json"]) {
    const { categories, annotations } = await read("detections.json");
    const claimed = new Map(categories.map(({ id, name }) => [id, name]));
    for (const { category_id, bbox, score } of annotations)
      if (score !== undefined) scores.set(key(claimed.get(category_id), bbox), score);
  }
  return accepted.annotations.map(({ category_id, bbox }) => {
    const name = names.get(category_id)!;
    const score = scores.get(key(name, bbox));
    return { class: name, bbox, ...(score !== undefined && { score }) };
  });
}
