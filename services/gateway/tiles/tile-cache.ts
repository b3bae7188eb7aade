import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadableStream } from "node:stream/web";
import { RetryableError } from "#shared/errors";
import { makePyramid } from "./make-pyramid.ts";
import { type PackedLevel, readPacked, readPackIndex } from "./pack.ts";

export interface TileCacheOptions {
  /** Where packs are kept; without one, a temporary folder that goes with the process. */
  folder?: string;
  /** Most bytes kept; what was used longest ago goes first. */
  maxBytes: number;
  /** How long one tile is waited for, while its pyramid is being made. @default 60000 */
  patienceMs?: number;
}

/** What a pyramid is made of. */
export interface TileSource {
  /** Digest of the picture: the pyramid is made once for it. */
  digest: string;
  /** "sheet", or a mask's colour. */
  kind: string;
  /** Called when it is this picture's turn. */
  open(): Promise<ReadableStream<Uint8Array>>;
}

/** Tiles of pictures, cut when first asked for. */
export interface TileCache {
  /**
   * Bytes of one tile (PNG); null where it is blank, undefined where the pyramid has no such tile.
   * @throws RetryableError `TILES_FAILED`, `TILES_NOT_READY`
   */
  tile(source: TileSource, level: number, column: number, row: number): Promise<Buffer | null | undefined>;
}

/** Changes when tiles look different: packs of another version are not used. */
const VERSION = 1;
/** Indexes held in memory, of some 10 kB each. */
const PYRAMIDS_MAX = 48;

interface Pyramid {
  path: string;
  levels: Map<number, PackedLevel>;
  /** Settles when no more levels come. */
  done: Promise<void>;
  waiting: Set<() => void>;
}

/** Opens the cache. Nothing is read or written before the first tile is asked for. */
export function createTileCache(options: TileCacheOptions): TileCache {
  const { maxBytes, patienceMs = 60_000 } = options;
  const pyramids = new Map<string, Promise<Pyramid>>();
  let folder: string | undefined;
  /** One at a time: each takes a core, and memory of the size of the picture. */
  let last: Promise<unknown> = Promise.resolve();

  async function pyramidOf(source: TileSource): Promise<Pyramid> {
    const key = createHash("sha256").update(`${VERSION} ${source.kind} ${source.digest}`).digest("base64url");
    const known = pyramids.get(key);
    if (known) {
      // The last used stays longest.
      pyramids.delete(key);
      pyramids.set(key, known);
      return known;
    }
    folder ??= openFolder(options.folder);
    const opened = openPyramid(join(folder, `${key}.tiles`), source);
    pyramids.set(key, opened);
    for (const oldest of pyramids.keys()) {
      if (pyramids.size <= PYRAMIDS_MAX) break;
      pyramids.delete(oldest);
    }
    const forget = () => {
      if (pyramids.get(key) === opened) pyramids.delete(key);
    };
    opened.then((pyramid) => pyramid.done).catch(forget);
    return opened;
  }

  async function openPyramid(path: string, source: TileSource): Promise<Pyramid> {
    const index = await readPackIndex(path);
    if (index) {
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      const levels = new Map(index.levels.map((level) => [level.level, level]));
      return { path, levels, done: Promise.resolve(), waiting: new Set() };
    }
    const part = `${path}.${randomBytes(6).toString("hex")}.part`;
    const pyramid: Pyramid = { path: part, levels: new Map(), done: Promise.resolve(), waiting: new Set() };
    const wake = () => {
      for (const each of pyramid.waiting) each();
    };
    const cut = async () => {
      try {
        await makePyramid(await source.open(), part, source.kind, (level) => {
          pyramid.levels.set(level.level, level);
          wake();
        });
        renameSync(part, path);
        pyramid.path = path;
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await trim(folder as string, path, maxBytes);
    };
    pyramid.done = last.then(cut, cut).finally(wake);
    last = pyramid.done;
    // Whoever waits for a tile hears of a failure; when nobody does any more, the next one asks anew.
    pyramid.done.catch(() => undefined);
    return pyramid;
  }

  /** A level once it is there; undefined when the pyramid is whole without it. */
  async function levelOf(pyramid: Pyramid, level: number): Promise<PackedLevel | undefined> {
    const end = pyramid.done.then(() => "end" as const);
    end.catch(() => undefined);
    const deadline = Date.now() + patienceMs;
    let heard: "end" | "level" = "level";
    while (!pyramid.levels.has(level) && heard !== "end") {
      const left = deadline - Date.now();
      if (left <= 0)
        throw new RetryableError("TILES_NOT_READY", `the tiles are still being cut after ${patienceMs} ms`);
      heard = await nextOf(pyramid, end, left);
    }
    return pyramid.levels.get(level);
  }

  return {
    async tile(source, level, column, row) {
      for (let attempt = 0; ; attempt++) {
        const pyramid = await pyramidOf(source);
        const found = await levelOf(pyramid, level);
        if (!found || column >= found.columns || row >= found.rows) return undefined;
        const [offset, length] = found.tiles[row * found.columns + column] as [number, number];
        if (length === 0) return null;
        try {
          return await readPacked(pyramid.path, offset, length);
        } catch (error) {
          // Renamed a moment ago, or thrown away for others: look again, then make it again.
          if (attempt > 1) throw error;
          if (attempt === 1)
            for (const [key, each] of pyramids) if ((await each) === pyramid) pyramids.delete(key);
        }
      }
    },
  };
}

/** Settles at the next level, at the end, or when time is up. */
async function nextOf(pyramid: Pyramid, end: Promise<"end">, timeoutMs: number): Promise<"end" | "level"> {
  let wake: (why: "level") => void = () => undefined;
  const woken = new Promise<"level">((resolve) => {
    wake = resolve;
  });
  const onLevel = () => wake("level");
  const timer = setTimeout(onLevel, timeoutMs);
  pyramid.waiting.add(onLevel);
  try {
    return await Promise.race([woken, end]);
  } finally {
    clearTimeout(timer);
    pyramid.waiting.delete(onLevel);
  }
}

function openFolder(given: string | undefined): string {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true, mode: 0o700 });
    return given;
  }
  const folder = mkdtempSync(join(tmpdir(), "penstock-tiles-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Throws packs away, those used longest ago first, until the rest fits. The newest stays, whatever its size. */
async function trim(folder: string, newest: string, maxBytes: number): Promise<void> {
  const packs = await Promise.all(
    (await readdir(folder))
      .filter((name) => name.endsWith(".tiles"))
      .map(async (name) => {
        const path = join(folder, name);
        const found = await stat(path).catch(() => null);
        return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
      }),
  );
  let total = packs.reduce((sum, pack) => sum + pack.size, 0);
  for (const pack of packs.sort((a, b) => a.used - b.used)) {
    if (total <= maxBytes) return;
    if (pack.path === newest) continue;
    await rm(pack.path, { force: true });
    total -= pack.size;
  }
}
