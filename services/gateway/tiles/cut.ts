import { closeSync, openSync } from "node:fs";
import sharp from "sharp";
import { encodePng } from "./encode-png.ts";
import { type PackedLevel, packWriter } from "./pack.ts";
import { cutTile, halve, levelsOf, type Pixels } from "./pyramid.ts";

/** As ingest has it, with room for sheets that came another way. */
const PIXELS_MAX = 400_000_000;

// A program: a PNG on standard input, its pyramid of tiles into the pack named by the first argument. The second is
// "sheet", or the colour of a mask as six hexadecimal digits. Says each level as a line of JSON on standard output as soon as it
// lies in the file, lowest first: what a viewer asks first is there first. Runs apart from the gateway, which stays small.
const [path = "", kind = "sheet"] = process.argv.slice(2);
const colour =
  kind === "sheet"
    ? undefined
    : ([0, 2, 4].map((i) => Number.parseInt(kind.slice(i, i + 2), 16)) as [number, number, number]);

sharp.cache(false);
sharp.concurrency(1);
const picture = sharp({ limitInputPixels: PIXELS_MAX, sequentialRead: true });
process.stdin.pipe(picture);
const { channels, hasAlpha } = await picture.metadata();
const grey = colour !== undefined || channels === 1 || channels === 2;
const { data, info } = await (hasAlpha ? picture.flatten({ background: "#fff" }) : picture)
  .toColourspace(grey ? "b-w" : "srgb")
  .raw()
  .toBuffer({ resolveWithObject: true });

const levels = levelsOf(info.width, info.height);
const steps: Pixels[] = [{ data, widthPx: info.width, heightPx: info.height, channels: info.channels }];
for (let i = 1; i < levels.length; i++) steps.unshift(halve(steps[0]!, colour ? "max" : "ink"));

const file = openSync(path, "wx", 0o600);
const pack = packWriter(file);
const packed: PackedLevel[] = [];
for (const [i, level] of levels.entries()) {
  const tiles: PackedLevel["tiles"] = [];
  for (let row = 0; row < level.rows; row++)
    for (let column = 0; column < level.columns; column++) {
      const tile = cutTile(steps[i]!, column, row, colour ? 0 : 255);
      tiles.push(tile ? pack.add(encodePng(tile, colour)) : [0, 0]);
    }
  packed.push({ ...level, tiles });
  process.stdout.write(`${JSON.stringify(packed.at(-1))}\n`);
}
pack.finish({ levels: packed });
closeSync(file);
