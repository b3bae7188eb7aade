import type { Pipeline } from "#shared/pipeline";
import { applyRecords, placeIn } from "./apply/apply.ts";
import type { StreamRecord } from "./apply/record.ts";
import { entryWritten, unwrittenEntries } from "./entries.ts";
import { forgetRun } from "./forget-run.ts";
import { getRun } from "./query/get-run.ts";
import { getTask } from "./query/get-task.ts";
import { listAudit } from "./query/list-audit.ts";
import { listDead } from "./query/list-dead.ts";
import { listRuns } from "./query/list-runs.ts";
import { listTasks } from "./query/list-tasks.ts";
import { listWorkers } from "./query/list-workers.ts";
import { overview } from "./query/overview.ts";
import { getTimeline } from "./query/timeline.ts";
import { dropOld, type Retention } from "./retention.ts";
import type * as S from "./schemas/index.ts";
import { openSound } from "./sql/open-sound.ts";
import { SCHEMA, SCHEMA_VERSION } from "./sql/schema.ts";

/** The read model: apply what streams say, ask what people want to know. Everything is synchronous and short. */
export interface History {
  readonly path: string;
  /** Why the tables were last made anew. */
  readonly rebuilt: { at: number; reason: string } | null;
  /** Applies records in one transaction; those applied before change nothing. */
  apply(records: readonly StreamRecord[]): void;
  /** Sequence of the last message applied from a stream; 0 when none was. */
  place(stream: string): number;
  /** When the stream that was read was created, ms; 0 when not noted yet. */
  createdOf(stream: string): number;
  noteCreated(stream: string, created: number): void;
  /** Empties every table: the streams tell everything again. */
  rebuild(reason: string): void;
  listRuns(query: S.RunsQuery): S.RunsPage;
  getRun(query: S.RunQuery): S.RunDetail;
  /** True when a run of any pipeline has this id. */
  knowsRun(uid: string): boolean;
  timeline(query: S.RunQuery): S.Timeline;
  forgetRun(query: S.ForgetQuery): boolean;
  listTasks(query: S.TasksQuery): S.TasksPage;
  getTask(query: S.TaskQuery): S.TaskDetail;
  listWorkers(query: S.WorkersQuery, now?: number): S.WorkersAnswer;
  listDead(query: S.DeadQuery): S.DeadPage;
  listAudit(query: S.AuditQuery): S.AuditPage;
  overview(query: S.OverviewQuery, now?: number): S.Overview;
  size(): S.TrackerStatus["database"];
  /** The outbox of the KV bucket `runs`. */
  unwrittenEntries(epochs: ReadonlyMap<string, number>, limit: number): S.RunEntry[];
  entryWritten(entry: S.RunEntry): void;
  deadCount(): number;
  /** Takes letters out of the index that are no longer in the stream. */
  dropDead(gone: (seq: number) => boolean): void;
  /** Drops one chunk of old tasks; returns how many went. */
  dropOld(retention: Retention, now?: number): number;
  close(): void;
}

/**
 * Opens (and makes) the history in a file; one of another schema version is emptied, to be filled from the streams.
 * @param path a file, or `:memory:`
 */
export async function openHistory(path: string, pipelines: readonly Pipeline[]): Promise<History> {
  const { db, replaced } = await openSound(path);
  let rebuilt: History["rebuilt"] = null;
  const version = () => {
    if (!db.get("SELECT 1 FROM sqlite_master WHERE name = 'meta'")) return 0;
    return Number(db.get("SELECT value FROM meta WHERE key = 'schema'")?.value ?? 0);
  };
  const rebuild = (reason: string) => {
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    db.transaction(() => {
      // Tables behind the text index go with it.
      const own = tables.map(({ name }) => name as string).filter((name) => !/^task_text_/.test(name));
      for (const name of own) db.exec(`DROP TABLE "${name}"`);
      db.exec(SCHEMA);
      rebuilt = { at: Date.now(), reason };
      db.run(
        "INSERT INTO meta VALUES ('schema', ?), ('rebuilt', ?)",
        String(SCHEMA_VERSION),
        JSON.stringify(rebuilt),
      );
    });
  };
  const found = version();
  if (found !== SCHEMA_VERSION)
    rebuild(
      found === 0
        ? (replaced ?? "the database is new")
        : `its schema was version ${found}, this is ${SCHEMA_VERSION}`,
    );
  else
    rebuilt = JSON.parse((db.get("SELECT value FROM meta WHERE key = 'rebuilt'")?.value as string) ?? "null");
  const count = (table: string) => db.get(`SELECT count(*) AS n FROM ${table}`)!.n as number;
  return {
    path,
    get rebuilt() {
      return rebuilt;
    },
    apply: (records) => applyRecords(db, pipelines, records),
    place: (stream) => placeIn(db, stream),
    createdOf: (stream) =>
      (db.get("SELECT created FROM streams WHERE stream = ?", stream)?.created as number) ?? 0,
    noteCreated: (stream, created) =>
      void db.run(
        "INSERT INTO streams VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET created = excluded.created",
        stream,
        created,
      ),
    rebuild,
    listRuns: (query) => listRuns(db, query),
    getRun: (query) => getRun(db, query),
    knowsRun: (uid) => db.get("SELECT 1 FROM runs WHERE uid = ?", uid) !== undefined,
    timeline: (query) => getTimeline(db, query),
    forgetRun: (query) => forgetRun(db, query),
    listTasks: (query) => listTasks(db, query),
    getTask: (query) => getTask(db, query),
    listWorkers: (query, now) => listWorkers(db, query, now),
    listDead: (query) => listDead(db, query),
    listAudit: (query) => listAudit(db, query),
    overview: (query, now) => overview(db, pipelines, query, now),
    size: () => ({
      bytes:
        (db.get("PRAGMA page_count")!.page_count as number) *
        (db.get("PRAGMA page_size")!.page_size as number),
      runs: count("runs"),
      tasks: count("tasks"),
    }),
    unwrittenEntries: (epochs, limit) => unwrittenEntries(db, epochs, limit),
    entryWritten: (entry) => entryWritten(db, entry),
    deadCount: () => count("dead"),
    dropDead: (gone) => {
      const seqs = db
        .all("SELECT seq FROM dead")
        .map(({ seq }) => seq as number)
        .filter(gone);
      db.transaction(() => {
        for (const seq of seqs) db.run("DELETE FROM dead WHERE seq = ?", seq);
      });
    },
    dropOld: (retention, now) => dropOld(db, retention, now),
    close: () => db.close(),
  };
}
