import type { Point } from "#shared/messages";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { dropForbidden } from "../xml/escape-xml.ts";
import { formatNumber } from "../xml/format-number.ts";
import { escapeFxml } from "./escape-fxml.ts";

/**
 * Writes a Text centred on a point. JavaFX places text by its left edge and knows its width only once a font is
 * loaded, so the text is centred inside a wrapping width that is surely wider than it.
 *
 * @param sizePx em of the font, set by inline style: a Font element would be a type beyond shapes and text
 */
export function writeText(
  xml: XmlWriter,
  text: string,
  center: Point,
  sizePx: number,
  styleClass?: string,
): void {
  const shown = dropForbidden(text);
  if (shown.trim() === "") return;
  const width = (shown.length + 2) * sizePx * 1.5;
  xml.leaf("Text", {
    text: escapeFxml(shown),
    x: center[0] - width / 2,
    y: center[1],
    wrappingWidth: width,
    textAlignment: "CENTER",
    textOrigin: "CENTER",
    style: `-fx-font-size: ${formatNumber(sizePx)}px;`,
    styleClass,
  });
}
