/** What each folder under `shared/` may import of the others, lowest first: a folder only names folders above it. */
export const SHARED: Record<string, readonly string[]> = {
  // Nothing at all, not even Node: these run anywhere.
  errors: [],
  vision: [],
  symbols: [],
  // What is said.
  messages: ["errors"],
  pipeline: ["messages", "errors"],
  // Edges of the process: environment, bytes, logs, images, models, a server of our own.
  config: ["errors"],
  codec: ["pipeline", "messages", "errors"],
  telemetry: ["config", "errors"],
  raster: ["vision", "errors"],
  inference: ["errors"],
  "nats-server": ["config", "errors"],
  // Pure makers of files.
  exports: ["symbols", "messages"],
  synth: ["symbols", "vision"],
  // Texts on a sheet.
  tags: ["raster", "vision", "config", "messages"],
  // How good a reading is.
  evaluate: ["vision", "symbols", "messages", "errors"],
  // JetStream and what lies in it.
  bus: ["nats-server", "codec", "config", "telemetry", "pipeline", "messages", "errors"],
  artifacts: ["bus", "messages", "errors"],
  history: ["bus", "pipeline", "messages", "errors"],
  // What is learned from people's corrections.
  learn: [
    "artifacts",
    "bus",
    "codec",
    "inference",
    "raster",
    "symbols",
    "vision",
    "pipeline",
    "messages",
    "errors",
  ],
  // Versions of models, and which is live.
  models: ["learn", "artifacts", "inference", "bus", "vision", "config", "messages", "errors"],
  // What people do to the system, and what runs in it.
  stage: ["models", "artifacts", "bus", "codec", "config", "telemetry", "pipeline", "messages", "errors"],
  operate: ["stage", "artifacts", "history", "bus", "codec", "telemetry", "pipeline", "messages", "errors"],
};

/** Folders that may import no package and no module of Node. */
export const PURE: readonly string[] = ["shared/errors", "shared/vision", "shared/symbols"];

/** Folders under `shared/` that services have no business with: they make sheets and servers for people and tests. */
export const NOT_FOR_SERVICES: readonly string[] = ["synth", "nats-server"];

/** The services the all-in-one (`penstock up`) starts within its own process; stages are loaded by URL. */
export const EMBEDDED: readonly string[] = ["services/tracker", "services/gateway", "services/exporter"];

/** Files of the command line that run stages themselves, without a bus: `penstock eval`. */
export const RUNS_STAGES: readonly string[] = ["cli/eval/local-run.ts"];

/** Files that may read or hand on the environment, beside `shared/config`, and why. */
export const ENVIRONMENT: Record<string, string> = {
  "shared/stage/executor/pool.ts": "an executor process inherits its worker's environment",
  "shared/nats-server/launch.ts": "the server inherits ours, with its memory limit added",
  "shared/nats-server/ensure.ts": "NATS_SERVER_BIN, PATH and PENSTOCK_HOME say where a server is",
  "shared/nats-server/home.ts": "a comment that names it",
  "cli/doctor/checks.ts": "asks the same question as ensure.ts",
};
