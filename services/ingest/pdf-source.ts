import { PermanentError } from "#shared/errors";
import type { Picture } from "#shared/vision";
import { affordableDpi } from "./affordable-dpi.ts";
import type { IngestSettings } from "./settings.ts";
import type { Source } from "./source.ts";

const POINTS_PER_INCH = 72;

/**
 * PDF through PDFium compiled to WebAssembly: a document that breaks it breaks a sandbox, and its memory goes with it.
 * @throws PermanentError `PDF_ENCRYPTED`, `PDF_BROKEN`
 */
export async function openPdf(bytes: Uint8Array, settings: IngestSettings): Promise<Source> {
  const { PDFiumLibrary } = await import("@hyzyla/pdfium");
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes).catch((cause: Error) => {
    library.destroy();
    throw /password|security/i.test(cause.message)
      ? new PermanentError("PDF_ENCRYPTED", "the PDF needs a password; remove it and send the file again", {
          cause,
        })
      : new PermanentError("PDF_BROKEN", `the PDF cannot be opened: ${cause.message}`, { cause });
  });
  const pages = document.getPageCount();
  if (pages < 1) throw new PermanentError("PDF_BROKEN", "the PDF has no pages");
  return {
    format: "pdf",
    pages,
    async render(number) {
      const page = document.getPage(number - 1);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      if (!(originalWidth >= 1 && originalHeight >= 1))
        throw new PermanentError(
          "PDF_BROKEN",
          `page ${number} is ${originalWidth} × ${originalHeight} points`,
        );
      const inches = [originalWidth / POINTS_PER_INCH, originalHeight / POINTS_PER_INCH] as const;
      const dpi = affordableDpi(...inches, settings.dpi, settings.maxDrawnPixels);
      const drawn = await page.render({
        scale: dpi / POINTS_PER_INCH,
        render: "bitmap",
        renderFormFields: true,
      });
      return { picture: dropAlpha(drawn), dpi };
    },
    close() {
      document.destroy();
      library.destroy();
    },
  };
}

/** PDFium draws on an opaque white ground, four bytes per pixel; the fourth says nothing. Packs in place. */
function dropAlpha({ width, height, data }: { width: number; height: number; data: Uint8Array }): Picture {
  let to = 0;
  for (let from = 0; from < width * height * 4; from += 4) {
    data[to++] = data[from]!;
    data[to++] = data[from + 1]!;
    data[to++] = data[from + 2]!;
  }
  return { width, height, channels: 3, data: data.subarray(0, to) };
}
