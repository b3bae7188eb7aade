import sharp from "sharp";

/** Longest side of a thumbnail, in pixels. */
const SIDE_PX = 320;
/** A sheet is one page, at most about 12,000 × 9,000; ten times that is no sheet. */
const PIXELS_MAX = 1_000_000_000;

// A program: a sheet's PNG on standard input, its thumbnail as WebP on standard output. Runs apart from the gateway,
// which stays small, and ends when it is done.
sharp.cache(false);
sharp.concurrency(1);
const shrink = sharp({ limitInputPixels: PIXELS_MAX, sequentialRead: true })
  .resize(SIDE_PX, SIDE_PX, { fit: "inside", kernel: "lanczos3" })
  .flatten({ background: "#fff" })
  .webp({ quality: 80 });
process.stdin.pipe(shrink).pipe(process.stdout);
