// Makes docs/images/overlay.png: `penstock up --demo`'s example sheet, read by the stages with the shipped models, with the
// result over it. Run by hand when models or stages have changed: npx tsx docs/overlay-picture.ts
import sharp from "sharp";
import { toOverlaySvg } from "#shared/exports";
import { Graph } from "#shared/messages";
import { encodePng, generateSheet } from "#shared/synth";
import { openLocalRun } from "../cli/eval/local-run.ts";

const WIDTH_PX = 1600;

const sheet = await generateSheet({ seed: 42, widthPx: 2400, heightPx: 1700 });
const source = encodePng(sheet.image, sheet.widthPx, sheet.heightPx, sheet.channels);
const read = await openLocalRun();
const { artifacts } = await read(source, { uid: "example" });
const graph = Graph.parse(JSON.parse(Buffer.from(artifacts["validated_graph.json"] ?? []).toString()));
const sheetHref = `data:image/png;base64,${Buffer.from(artifacts["sheet.png"] ?? []).toString("base64")}`;
const svg = toOverlaySvg(graph, { sheetHref });
await sharp(Buffer.from(svg), { unlimited: true })
  .resize({ width: WIDTH_PX })
  .png({ palette: true, colours: 128 })
  .toFile(new URL("images/overlay.png", import.meta.url).pathname);
console.log(`${graph.nodes.length} nodes, ${graph.edges.length} edges, ${graph.crossings.length} crossings`);
