import sharp, { type Sharp } from "sharp";

/** A plain line drawing to feed through ingest: a frame, a pipe, a valve, some words. RGB on white unless told otherwise. */
export function drawSheet(
  options: { width?: number; height?: number; ink?: string; paper?: string; turnDeg?: number } = {},
): Sharp {
  const { width = 1200, height = 900, ink = "#000", paper = "#fff", turnDeg = 0 } = options;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${paper}"/>
    <g transform="rotate(${turnDeg} ${width / 2} ${height / 2})" stroke="${ink}" fill="none" stroke-width="3">
      <rect x="60" y="60" width="${width - 120}" height="${height - 120}"/>
      ${[0.2, 0.4, 0.6, 0.8].map((f) => `<path d="M100 ${height * f}H${width - 100}M${width * f} 100V${height - 100}"/>`).join("")}
      <path d="M300 200l60 40v-40l-60 40z"/><circle cx="${width / 2}" cy="${height / 2}" r="40"/>
    </g></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}
