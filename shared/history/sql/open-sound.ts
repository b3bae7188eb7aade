import { rmSync } from "node:fs";
import { type Database, openDatabase } from "./database.ts";

/**
 * Opens a database, and replaces a file that is none or is damaged (a disk that lied, a power cut): everything in it can be
 * told again by the streams.
 * @returns why the file was replaced, or null
 */
export async function openSound(path: string): Promise<{ db: Database; replaced: string | null }> {
  try {
    const db = await openDatabase(path);
    const found = db.get("PRAGMA quick_check(1)")?.quick_check;
    if (found === "ok") return { db, replaced: null };
    db.close();
    return { db: await replace(path), replaced: `the file was damaged: ${found}` };
  } catch (error) {
    if (!/SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code))) throw error;
    return { db: await replace(path), replaced: `the file was damaged: ${(error as Error).message}` };
  }
}

function replace(path: string): Promise<Database> {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  return openDatabase(path);
}
