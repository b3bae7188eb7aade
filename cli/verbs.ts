import type { Command } from "commander";

interface Verb {
  summary: string;
  load: () => Promise<Command>;
}

/** Every verb, in the order in which help lists them. A verb is one file that exports `<verb>Command()`. */
export const VERBS: Record<string, Verb> = {
  up: {
    summary: "run everything on this machine, NATS included",
    load: async () => (await import("./verbs/up.ts")).upCommand(),
  },
  submit: {
    summary: "hand in drawings",
    load: async () => (await import("./verbs/submit.ts")).submitCommand(),
  },
  status: {
    summary: "how things stand: diagrams by state, stages, workers",
    load: async () => (await import("./verbs/status.ts")).statusCommand(),
  },
  top: {
    summary: "the live system in the terminal",
    load: async () => (await import("./verbs/top.ts")).topCommand(),
  },
  result: {
    summary: "the result of a diagram or a task; saves artifacts",
    load: async () => (await import("./verbs/result.ts")).resultCommand(),
  },
  approve: {
    summary: "let a diagram that waits at a gate go on",
    load: async () => (await import("./verbs/approve.ts")).approveCommand(),
  },
  retry: {
    summary: "run a diagram again from the stage that failed",
    load: async () => (await import("./verbs/retry.ts")).retryCommand(),
  },
  revoke: {
    summary: "end a diagram",
    load: async () => (await import("./verbs/revoke.ts")).revokeCommand(),
  },
  remove: {
    summary: "delete a diagram with everything made of it",
    load: async () => (await import("./verbs/remove.ts")).removeCommand(),
  },
  tasks: {
    summary: "list tasks",
    load: async () => (await import("./verbs/tasks.ts")).tasksCommand(),
  },
  task: {
    summary: "one task with attempts, error and log",
    load: async () => (await import("./verbs/task.ts")).taskCommand(),
  },
  events: {
    summary: "follow what happens, as it happens",
    load: async () => (await import("./verbs/events.ts")).eventsCommand(),
  },
  audit: {
    summary: "who did what, when and why",
    load: async () => (await import("./verbs/audit.ts")).auditCommand(),
  },
  worker: {
    summary: "run workers for some queues or stages",
    load: async () => (await import("./verbs/worker.ts")).workerCommand(),
  },
  inspect: {
    summary: "ask the workers: active, reserved, scheduled, registered, stats, ping",
    load: async () => (await import("./verbs/inspect.ts")).inspectCommand(),
  },
  control: {
    summary: "tell the workers: grow, shrink, autoscale, restart, rate-limit, time-limit, shutdown, …",
    load: async () => (await import("./verbs/control.ts")).controlCommand(),
  },
  pause: {
    summary: "hand out no more work of a stage or queue",
    load: async () => (await import("./verbs/pause.ts")).pauseCommand(),
  },
  resume: {
    summary: "hand out work of a stage or queue again",
    load: async () => (await import("./verbs/pause.ts")).resumeCommand(),
  },
  purge: {
    summary: "revoke every diagram that waits in a queue",
    load: async () => (await import("./verbs/purge.ts")).purgeCommand(),
  },
  dead: {
    summary: "dead letters: list, show, redrive, drop",
    load: async () => (await import("./verbs/dead.ts")).deadCommand(),
  },
  retrain: {
    summary: "train models; those that beat the live ones are promoted",
    load: async () => (await import("./verbs/retrain.ts")).retrainCommand(),
  },
  schedule: {
    summary: "what starts by itself: list, set, remove, run, enable, disable",
    load: async () => (await import("./verbs/schedule.ts")).scheduleCommand(),
  },
  models: {
    summary: "versions of models: list, show, add, promote, rollback, remove",
    load: async () => (await import("./verbs/models.ts")).modelsCommand(),
  },
  dataset: {
    summary: "what the learned models are trained on: build, list, show, export",
    load: async () => (await import("./verbs/dataset.ts")).datasetCommand(),
  },
  decode: {
    summary: "print a message read from standard input as JSON",
    load: async () => (await import("./verbs/decode.ts")).decodeCommand(),
  },
  eval: {
    summary: "score the reading of sheets whose truth is known",
    load: async () => (await import("./verbs/eval.ts")).evalCommand(),
  },
  synth: {
    summary: "generate sheets with exact truth",
    load: async () => (await import("./verbs/synth.ts")).synthCommand(),
  },
  topology: {
    summary: "create or update streams, consumers and buckets",
    load: async () => (await import("./verbs/topology.ts")).topologyCommand(),
  },
  user: {
    summary: "make a user of the gateway: name, role, hash of a secret",
    load: async () => (await import("./verbs/user.ts")).userCommand(),
  },
  doctor: {
    summary: "check this machine and say what to do",
    load: async () => (await import("./verbs/doctor.ts")).doctorCommand(),
  },
  completion: {
    summary: "print the completion script of a shell",
    load: async () => (await import("./verbs/completion.ts")).completionCommand(),
  },
};
