import type { z } from "zod";
import { Coco, type Gate, Graph } from "#shared/messages";
import { pngHeader } from "./png-header.ts";
import { Refusal } from "./refusal.ts";

/** Largest corrected artifact a person may hand in, in bytes. */
export const CORRECTION_MAX_BYTES = 64 * 1024 * 1024;

/** Size of the sheet the correction belongs to, in pixels. */
interface SheetSize {
  widthPx: number;
  heightPx: number;
}

/**
 * Checks what a person hands in at a gate: COCO boxes of this sheet, an 8-bit PNG mask of its size, or a whole graph.
 * @throws Refusal `CORRECTION_TOO_LARGE`, `NOT_JSON`, `BAD_ANNOTATIONS`, `BAD_GRAPH`, `NOT_A_PNG`, `BAD_MASK`
 */
export function checkCorrection(
  gate: Gate,
  uid: string,
  sheet: SheetSize | undefined,
  bytes: Uint8Array,
): void {
  if (bytes.byteLength > CORRECTION_MAX_BYTES)
    throw new Refusal(
      "too-large",
      "CORRECTION_TOO_LARGE",
      `the corrected artifact has ${bytes.byteLength} bytes, the limit is ${CORRECTION_MAX_BYTES}`,
    );
  if (gate === "masks") checkMask(sheet, bytes);
  else if (gate === "annotation") checkAnnotations(sheet, bytes);
  else checkGraph(uid, sheet, bytes);
}

function checkMask(sheet: SheetSize | undefined, bytes: Uint8Array): void {
  const png = pngHeader(bytes);
  if (png.bitDepth !== 8)
    throw new Refusal("invalid", "BAD_MASK", `the mask has ${png.bitDepth} bits per channel, it must have 8`);
  if (sheet && (png.widthPx !== sheet.widthPx || png.heightPx !== sheet.heightPx))
    throw new Refusal(
      "invalid",
      "BAD_MASK",
      `the mask is ${png.widthPx} × ${png.heightPx} px, the sheet ${sheet.widthPx} × ${sheet.heightPx} px`,
    );
}

function checkAnnotations(sheet: SheetSize | undefined, bytes: Uint8Array): void {
  const coco = parse(Coco, "BAD_ANNOTATIONS", bytes);
  const image = coco.images[0];
  if (sheet && image && (image.width !== sheet.widthPx || image.height !== sheet.heightPx))
    throw new Refusal(
      "invalid",
      "BAD_ANNOTATIONS",
      `the boxes are for an image of ${image.width} × ${image.height} px, the sheet has ${sheet.widthPx} × ${sheet.heightPx} px`,
    );
  const astray = coco.annotations.find((annotation) => annotation.image_id !== image?.id);
  if (astray)
    throw new Refusal(
      "invalid",
      "BAD_ANNOTATIONS",
      `annotation ${astray.id} belongs to image ${astray.image_id}, the file describes image ${image?.id}`,
    );
}

function checkGraph(uid: string, sheet: SheetSize | undefined, bytes: Uint8Array): void {
  const graph = parse(Graph, "BAD_GRAPH", bytes);
  if (graph.sheet.uid !== uid)
    throw new Refusal(
      "invalid",
      "BAD_GRAPH",
      `the graph is of diagram "${graph.sheet.uid.slice(0, 64)}", not of "${uid}"`,
    );
  if (sheet && (graph.sheet.widthPx !== sheet.widthPx || graph.sheet.heightPx !== sheet.heightPx))
    throw new Refusal(
      "invalid",
      "BAD_GRAPH",
      `the graph is of a sheet of ${graph.sheet.widthPx} × ${graph.sheet.heightPx} px, this one has ${sheet.widthPx} × ${sheet.heightPx} px`,
    );
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parse<S extends z.ZodType>(schema: S, code: string, bytes: Uint8Array): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new Refusal(
      "invalid",
      "NOT_JSON",
      `${bytes.byteLength} bytes are not JSON in UTF-8: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues;
  const shown = issues.slice(0, 5).map((issue) => `${issue.path.join(".") || "file"}: ${issue.message}`);
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : "";
  throw new Refusal("invalid", code, `${shown.join("; ")}${more}`);
}
