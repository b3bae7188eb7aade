import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** What SQLite can hold and we store. Booleans are not among them: the driver aborts the process on one. */
export type Value = string | number | null;
export type Row = Record<string, Value>;

interface Prepared {
  run(parameters: Value[]): { changes: number; lastInsertRowid: number };
  get(parameters: Value[]): Row | undefined;
  all(parameters: Value[]): Row[];
}
interface Driver {
  exec(sql: string): void;
  prepare(sql: string): Prepared;
  close(): void;
}

/** A synchronous SQL database with prepared statements kept by their text. */
export interface Database {
  readonly path: string;
  exec(sql: string): void;
  /** Runs a statement; returns how many rows it changed and the id of the row it inserted. */
  run(sql: string, ...parameters: Value[]): { changes: number; id: number };
  get(sql: string, ...parameters: Value[]): Row | undefined;
  all(sql: string, ...parameters: Value[]): Row[];
  /** All or nothing; not nestable. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Statements kept compiled: texts made from filters vary, and each costs some kB. */
const KEPT_STATEMENTS = 150;

/**
 * Opens (and makes) a database file tuned for little memory: write-ahead log, 2 MB of cache, nothing mapped. The driver is
 * loaded here and not at import, so that clients of the history never pay for it.
 */
export async function openDatabase(path: string): Promise<Database> {
  const { default: Libsql } = (await import("libsql")) as unknown as {
    default: new (path: string) => Driver;
  };
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const driver = new Libsql(path);
  // A commit lost to a power cut is replayed from the stream: progress is part of the same transaction.
  driver.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;
    PRAGMA cache_size = -2048; PRAGMA mmap_size = 0; PRAGMA temp_store = FILE; PRAGMA journal_size_limit = 4194304;`);
  const kept = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    let statement = kept.get(sql);
    if (statement) {
      kept.delete(sql);
    } else {
      statement = driver.prepare(sql);
      const oldest = kept.size >= KEPT_STATEMENTS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    }
    kept.set(sql, statement);
    return statement;
  };
  return {
    path,
    exec: (sql) => driver.exec(sql),
    run(sql, ...parameters) {
      const { changes, lastInsertRowid } = prepare(sql).run(parameters);
      return { changes, id: lastInsertRowid };
    },
    get: (sql, ...parameters) => prepare(sql).get(parameters),
    all: (sql, ...parameters) => prepare(sql).all(parameters),
    transaction(work) {
      driver.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        driver.exec("COMMIT");
        return result;
      } catch (error) {
        driver.exec("ROLLBACK");
        throw error;
      }
    },
    close() {
      // The driver lets go of the file only when its statements are collected: leave nothing in the log until then.
      driver.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      kept.clear();
      driver.close();
    },
  };
}
