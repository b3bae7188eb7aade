/** Raised with every change below: a database of another version is built anew from the streams. */
export const SCHEMA_VERSION = 7;

/**
 * Rows that lists walk through are narrow; texts and artifacts lie in tables of their own (`…_bodies`). Counts by state are
 * kept beside them, so that they cost nothing to read and outlive retention.
 */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- How far each stream was applied; \`created\` tells a stream made anew from the one we knew.
CREATE TABLE streams (stream TEXT PRIMARY KEY, created INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
  n INTEGER PRIMARY KEY,
  pipeline TEXT NOT NULL, uid TEXT NOT NULL, name TEXT, state TEXT NOT NULL,
  final INTEGER NOT NULL, waits INTEGER NOT NULL, stage TEXT, generation INTEGER NOT NULL, progress REAL NOT NULL,
  review TEXT, parent TEXT, error_stage TEXT, error_code TEXT, error_message TEXT,
  created INTEGER NOT NULL, updated INTEGER NOT NULL, seq INTEGER NOT NULL,
  kv_seq INTEGER NOT NULL DEFAULT 0,
  UNIQUE (uid, pipeline)
);
CREATE INDEX runs_updated ON runs (updated, n);
CREATE INDEX runs_created ON runs (created, n);
CREATE INDEX runs_state ON runs (state, updated, n);
CREATE INDEX runs_unfinished ON runs (updated, n) WHERE final = 0;
CREATE INDEX runs_parent ON runs (parent) WHERE parent IS NOT NULL;
-- The outbox of the KV projection: what changed and was not written yet.
CREATE INDEX runs_unwritten ON runs (n) WHERE kv_seq < seq;
CREATE TABLE run_bodies (n INTEGER PRIMARY KEY, artifacts TEXT NOT NULL, details TEXT NOT NULL);
CREATE TABLE run_events (
  run INTEGER NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL, stage TEXT,
  at INTEGER NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (run, seq)
) WITHOUT ROWID;

CREATE TABLE tasks (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, pipeline TEXT NOT NULL, stage TEXT NOT NULL, queue TEXT NOT NULL,
  -- Of a run handed out in parts, the part this task is about.
  run TEXT NOT NULL, part TEXT, generation INTEGER NOT NULL, state TEXT NOT NULL,
  -- Stream sequence of its message, and how late in the life of that message the state comes: see task-rank.ts.
  seq INTEGER NOT NULL, rank INTEGER NOT NULL,
  attempts INTEGER NOT NULL, worker TEXT,
  created INTEGER NOT NULL, updated INTEGER NOT NULL,
  sent INTEGER, received INTEGER, started INTEGER, ended INTEGER,
  wait_ms REAL, runtime_ms REAL, retry_at INTEGER, progress REAL, note TEXT
);
CREATE INDEX tasks_created ON tasks (created, n);
CREATE INDEX tasks_stage_state ON tasks (stage, state, created, n);
CREATE INDEX tasks_worker ON tasks (worker, created, n);
CREATE INDEX tasks_run ON tasks (run, created, n);
-- Flower's scripts sort by these.
CREATE INDEX tasks_received ON tasks (coalesce(received, 0), n);
CREATE INDEX tasks_started ON tasks (coalesce(started, 0), n);
CREATE INDEX tasks_runtime ON tasks (runtime_ms, n) WHERE runtime_ms IS NOT NULL;
CREATE TABLE task_bodies (
  n INTEGER PRIMARY KEY, args TEXT, result TEXT, log TEXT,
  error_kind TEXT, error_code TEXT, error_message TEXT, error_name TEXT, error_stack TEXT
);
CREATE VIRTUAL TABLE task_text USING fts5 (args, result, error, content='', contentless_delete=1);
CREATE TABLE attempts (
  task INTEGER NOT NULL, seq INTEGER NOT NULL, attempt INTEGER NOT NULL, worker TEXT,
  received INTEGER, started INTEGER, ended INTEGER, runtime_ms REAL, outcome TEXT, error_code TEXT, error_message TEXT,
  PRIMARY KEY (task, seq, attempt)
) WITHOUT ROWID;

CREATE TABLE workers (
  worker TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, stage TEXT NOT NULL, queue TEXT NOT NULL,
  slots INTEGER NOT NULL, active INTEGER NOT NULL, processed INTEGER NOT NULL, failed INTEGER NOT NULL,
  duplicates INTEGER NOT NULL, resident_bytes INTEGER NOT NULL, cpu_seconds REAL NOT NULL,
  started_at INTEGER NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, version TEXT NOT NULL,
  last_at INTEGER, last_processed INTEGER, last_cpu_seconds REAL
) WITHOUT ROWID;

CREATE TABLE dead (
  seq INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, stage TEXT NOT NULL, run TEXT NOT NULL, task TEXT NOT NULL,
  reason TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, subject TEXT NOT NULL, stream TEXT NOT NULL,
  sequence INTEGER NOT NULL, deliveries INTEGER NOT NULL, worker TEXT, generation INTEGER NOT NULL,
  size INTEGER NOT NULL, at INTEGER NOT NULL
);

-- What people did; no retention ends it.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, by TEXT NOT NULL,
  role TEXT, reason TEXT, details TEXT
);

CREATE TABLE run_counts (pipeline TEXT, state TEXT, n INTEGER NOT NULL, PRIMARY KEY (pipeline, state)) WITHOUT ROWID;
-- Ever seen: retention drops rows and keeps these.
CREATE TABLE task_counts (
  pipeline TEXT, stage TEXT, state TEXT, n INTEGER NOT NULL, PRIMARY KEY (pipeline, stage, state)
) WITHOUT ROWID;
-- Attempts ended per slot of 10 s, and how long they took per slot of 5 minutes in buckets of 5 %.
CREATE TABLE ticks (
  slot INTEGER, pipeline TEXT, stage TEXT, outcome TEXT, n INTEGER NOT NULL, PRIMARY KEY (slot, pipeline, stage, outcome)
) WITHOUT ROWID;
CREATE TABLE latencies (
  slot INTEGER, pipeline TEXT, stage TEXT, metric TEXT, bucket INTEGER, n INTEGER NOT NULL,
  PRIMARY KEY (slot, pipeline, stage, metric, bucket)
) WITHOUT ROWID;
`;
