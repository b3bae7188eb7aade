import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { FatalError, PenstockError } from "#shared/errors";
import { bytes } from "../format.ts";

/** Streams, history and log of a start, and a first sheet; `penstock doctor` asks for more, for going on. */
export const FREE_MIN = 64_000_000;

const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;
const UNUSABLE =
  /^(EACCES|EPERM|EROFS|EEXIST|ENOTDIR|EISDIR|ENOENT|ENAMETOOLONG|ELOOP|EIO|SQLITE_(CANTOPEN|READONLY|IOERR))/;

/**
 * Makes the data folder and writes into it as a start will, so that a full or closed disk is one sentence at once.
 * @throws FatalError `DISK_FULL`, `DATA_FOLDER_UNUSABLE`
 */
export function checkDataFolder(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    makeFolder(folder);
    const file = openSync(probe, "w");
    try {
      writeSync(file, new Uint8Array(4096));
      // What is only in the page cache may still find no room.
      fsyncSync(file);
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
  } catch (error) {
    const { code, message, path } = error as NodeJS.ErrnoException;
    // The probe is nobody's business.
    throw dataTrouble(
      folder,
      path === probe ? Object.assign(new Error(message), { code, path: folder }) : error,
    );
  }
  const free = freeBytes(folder);
  if (free !== undefined && free < FREE_MIN) throw diskFull(folder, free);
}

/** Folder by folder: a recursive `mkdirSync` calls a read-only disk "no such file or directory". */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * What went wrong while everything was started, as a sentence where the disk or the data folder is to blame; else the error
 * itself. A server that could not store names no error number, so the disk is asked.
 */
export function dataTrouble(folder: string, error: unknown): unknown {
  const { code: given, path } = error as { code?: unknown; path?: string };
  const code = String(given);
  const free = freeBytes(folder);
  if (FULL.test(code)) return diskFull(folder, free, error);
  if (error instanceof FatalError && error.code === "DATA_FOLDER_UNUSABLE") return error;
  if (UNUSABLE.test(code) && isWithin(folder, path)) return unusable(path ?? folder, free, error);
  if (free !== undefined && free < FREE_MIN && !(error instanceof PenstockError))
    return diskFull(folder, free, error);
  return error;
}

const isWithin = (folder: string, path: string | undefined) =>
  path === undefined ||
  `${resolve(path)}/`.startsWith(`${folder}/`) ||
  folder.startsWith(`${resolve(path)}/`);

function diskFull(folder: string, free: number | undefined, cause?: unknown): FatalError {
  const has = free === undefined ? "no room left" : `${bytes(free)} free`;
  return new FatalError(
    "DISK_FULL",
    `the disk of ${folder} has ${has}, and a start needs ${bytes(FREE_MIN)}: make room there, or choose a folder on another disk with --data`,
    { cause },
  );
}

function unusable(path: string, free: number | undefined, cause: unknown): FatalError {
  const why = (cause as Error).message.replace(/, \w+ '.*$/, "");
  const room = free === undefined ? "" : ` (${bytes(free)} free there)`;
  return new FatalError(
    "DATA_FOLDER_UNUSABLE",
    `nothing can be kept in ${path}: ${why}${room}; it must be a folder this user may write to: change its owner, or choose another with --data`,
    { cause },
  );
}

/** Bytes this user may still write on the disk of a path, or of the nearest folder above that exists. */
function freeBytes(path: string): number | undefined {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    const { bavail, bsize } = statfsSync(at);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
