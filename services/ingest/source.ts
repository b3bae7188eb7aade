import { PermanentError } from "#shared/errors";
import { type SourceFormat, sniffFormat } from "#shared/raster";
import type { Picture } from "#shared/vision";
import { openImage } from "./image-source.ts";
import { openPdf } from "./pdf-source.ts";
import type { IngestSettings } from "./settings.ts";
import { openSvg } from "./svg-source.ts";

/** A drawing file, opened: how many pages it has, and any of them as pixels. */
export interface Source {
  format: SourceFormat;
  pages: number;
  /** @param page from 1 */
  render(page: number): Promise<{ picture: Picture; dpi: number | null }>;
  close(): void;
}

/**
 * Opens a file by what it holds.
 * @throws PermanentError `EMPTY_FILE`, `NOT_AN_IMAGE`, and those of the format
 */
export async function openSource(bytes: Uint8Array, settings: IngestSettings): Promise<Source> {
  if (bytes.length === 0) throw new PermanentError("EMPTY_FILE", "the file has 0 bytes");
  const format = sniffFormat(bytes);
  if (format === "pdf") return openPdf(bytes, settings);
  if (format === "svg") return openSvg(bytes, settings);
  if (format) return openImage(bytes, settings);
  const head = Buffer.from(bytes.subarray(0, 8)).toString("hex");
  throw new PermanentError(
    "NOT_AN_IMAGE",
    `the file begins with ${head}, which is none of PNG, JPEG, TIFF, WebP, PDF, SVG`,
  );
}
