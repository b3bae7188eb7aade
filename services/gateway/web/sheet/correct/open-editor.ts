import type { Coco, Gate, Graph } from "#shared/messages";
import { Problem } from "../../api/problem.ts";
import { get } from "../../api/request.ts";
import type { RunDetail } from "../../api/types.ts";
import { diagramPaths } from "../api/diagram-paths.ts";
import { readMaskPng } from "../mask/read-png.ts";
import { BoxEditor } from "./box-editor.ts";
import type { EditorListener } from "./editor.ts";
import { GraphEditor } from "./graph-editor.ts";
import { MaskEditor } from "./mask-editor.ts";

export type AnyEditor = BoxEditor | MaskEditor | GraphEditor;

/** Bytes of an artifact. @throws Problem */
export async function artifactBytes(uid: string, name: string): Promise<Uint8Array> {
  const response = await fetch(diagramPaths.artifact(uid, name)).catch(() => {
    throw new Problem(0, "UNREACHABLE", "The gateway does not answer.");
  });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const { code, detail } = await response.json().catch(() => ({}));
  throw new Problem(response.status, code ?? `HTTP_${response.status}`, detail ?? `${name} cannot be read.`);
}

/**
 * The editor of a gate, over what was found or over a draft.
 * @throws Problem, or Error with what is wrong with the bytes
 */
export async function openEditor(
  run: RunDetail,
  gate: Gate,
  bytes: Uint8Array,
  listen: EditorListener,
): Promise<AnyEditor> {
  if (gate === "masks") {
    const image = await readMaskPng(bytes);
    const { sheet, lineWidthPx } = run.details as {
      sheet?: { widthPx: number; heightPx: number };
      lineWidthPx?: number;
    };
    if (sheet && (image.widthPx !== sheet.widthPx || image.heightPx !== sheet.heightPx))
      throw new Error(
        `the mask is ${image.widthPx} × ${image.heightPx} px, the sheet ${sheet.widthPx} × ${sheet.heightPx} px`,
      );
    return new MaskEditor(image, await symbolBoxes(run), lineWidthPx, listen);
  }
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return gate === "annotation" ? new BoxEditor(json as Coco, listen) : new GraphEditor(json as Graph, listen);
}

/** Boxes of symbols that lines lead to: places to look at when none does. Without them there is only less to visit. */
async function symbolBoxes(run: RunDetail) {
  if (!run.artifacts["annotations.json"]) return [];
  const coco = await get<Coco>(diagramPaths.artifact(run.uid, "annotations.json"));
  // Arrow heads and marks lie on lines; texts have none.
  const names = new Map(coco.categories.map((each) => [each.id, each.name]));
  return coco.annotations
    .filter((each) => !/arrow|text|label|note|mark|flow/i.test(names.get(each.category_id) ?? ""))
    .map((each) => each.bbox);
}
