import { KV_BUCKETS, OBJECT_STORES, streamConfigs } from "#shared/bus";
import {
  diagramPipeline,
  type JoinSpec,
  type MessageSpec,
  type Pipeline,
  type Stage,
} from "#shared/pipeline";
import {
  addObjects,
  base,
  createFiltered,
  followStream,
  type Grant,
  joinGrants,
  microService,
  readObjects,
  readPipeline,
  watchKv,
  writeKv,
} from "./grants.ts";

/** One user of the NATS server: one service, with no more than it needs. */
export interface NatsUser extends Required<Grant> {
  name: string;
  /** What it is for, in a few words. */
  purpose: string;
}

/** Streams beside those of the pipelines. */
const LOG_STREAMS = streamConfigs([]).map(({ name }) => name);

/** Every user, from the pipelines' declarations: one per service folder, and those that serve people. */
export function natsUsers(pipelines: readonly Pipeline[]): NatsUser[] {
  const services = new Map<string, { pipeline: Pipeline; stages: Stage[] }[]>();
  for (const pipeline of pipelines)
    for (const stage of Object.values(pipeline.stages)) {
      const work = services.get(stage.service) ?? [];
      services.set(stage.service, work);
      const same = work.find((entry) => entry.pipeline === pipeline);
      if (same) same.stages.push(stage);
      else work.push({ pipeline, stages: [stage] });
    }
  return [
    ...[...services].map(([name, work]) => stageUser(name, work)),
    user("tracker", "writes history and state from the streams, answers questions about them", [
      ...readAll(pipelines),
      writeKv("runs", [">"]),
      // The second net under lost workers: one durable consumer for all trackers, dead letters, failed runs.
      {
        publish: [
          "$JS.API.CONSUMER.DURABLE.CREATE.ADVISORIES.tracker-reconciler",
          ...pipelines.flatMap((pipeline) => [
            `dead.${pipeline.name}.*.*`,
            `${pipeline.failed}.*`,
            ...Object.values<Stage>(pipeline.stages).flatMap(({ join }) =>
              join ? [`${join.lost}.*.*`] : [],
            ),
          ]),
          // Schedules the server missed while it was down are made up for.
          "schedules.fire.>",
        ],
      },
      microService("penstock.history.>"),
      { publish: ["penstock.history.status", "penstock.history.forgotten"] },
    ]),
    user("gateway", "submits, approves, retries and controls for people, over HTTP", operator(pipelines)),
    user("exporter", "counts for Prometheus; writes down how far it has counted", [
      ...readAll(pipelines),
      writeKv("counters", ["exporter.*"]),
      { publish: ["penstock.history.>", "$SRV.>"] },
    ]),
    user("cli", "the operator's command line", operator(pipelines)),
    user("topology", "creates streams, consumers and buckets; used at deployment only", [
      { publish: ["$JS.API.>", "schedules.set.*"] },
    ]),
  ];
}

function user(name: string, purpose: string, grants: Grant[]): NatsUser {
  return { name, purpose, ...joinGrants(base(name), ...grants) };
}

/** What a service needs beside its stages' own rights: those that write more than results. */
const EXTRA: Record<string, Grant[]> = {
  // Freezes what people validated into datasets, which lie beside the models. Its own pipeline it may read already, and
  // reading one denies the consumers of all its stages.
  "retrain-coordinator": [readPipeline(diagramPipeline), addObjects("models")],
  // Adds, promotes and removes versions of models, removes checkpoints, and tells the audit trail.
  "retrain-evaluator": [
    writeKv("models", [">"]),
    addObjects("models"),
    {
      publish: [
        "$JS.API.STREAM.PURGE.OBJ_models",
        "$JS.API.STREAM.PURGE.OBJ_artifacts",
        "task.audit.models.*",
      ],
    },
  ],
};

/** Works on its own stages' consumers and publishes what the declaration lets them give. */
function stageUser(service: string, work: { pipeline: Pipeline; stages: Stage[] }[]): NatsUser {
  const grants = work.flatMap(({ pipeline, stages }) => [
    readPipeline(
      pipeline,
      stages.map((stage) => stage.name),
    ),
    { publish: [`${pipeline.failed}.*`] },
    ...stages.map((stage) => stageGrant(pipeline, stage)),
  ]);
  const names = work.flatMap(({ stages }) => stages.map((stage) => stage.name)).join(", ");
  return user(service, `works on ${names}`, [
    ...grants,
    { publish: ["task.events.*", "task.worker.*"] },
    readObjects("inbox"),
    addObjects("artifacts"),
    readObjects("models"),
    watchKv("models"),
    watchKv("settings"),
    ...(EXTRA[service] ?? []),
  ]);
}

function stageGrant(pipeline: Pipeline, stage: Stage): Grant {
  return joinGrants(
    {
      publish: [
        ...stage.gives.flatMap((type) => publishedOn(pipeline, type)),
        ...(stage.lost === undefined ? [] : [`${stage.lost}.*.*`]),
        ...(stage.join ? joinSubjects(stage.join) : []),
        `dead.${pipeline.name}.${stage.name}.*`,
        `$JS.API.CONSUMER.PAUSE.${pipeline.stream}.${stage.name}`,
      ],
    },
    writeKv("settings", [`stage.${stage.name}`]),
    writeKv("limits", [`stage.${stage.name}`]),
    writeKv("handovers", [`${stage.name}.>`]),
    microService(`penstock.control.${stage.name}.*`),
    // The health check of its container asks it.
    { publish: [`$SRV.PING.${stage.name}`] },
  );
}

/** Subjects on which a stage publishes a message it gives. */
function publishedOn(pipeline: Pipeline, type: string): string[] {
  const { single, part } = pipeline.messages[type] as MessageSpec;
  return [single ? type : part ? `${type}.*.*` : `${type}.*`];
}

/** A join has its deadline published by the server, and completes plans that were logged. */
function joinSubjects({ overdue, task, fanOut }: JoinSpec): string[] {
  return [`schedules.at.${overdue}.*`, ...(fanOut === "logged" ? [`${task}.*.*`] : [])];
}

/** Everything there is to see, nothing to change. */
function readAll(pipelines: readonly Pipeline[]): Grant[] {
  return [
    ...pipelines.map((pipeline) => followStream(pipeline.stream, Object.keys(pipeline.stages))),
    ...LOG_STREAMS.map((stream) => joinGrants(followStream(stream), createFiltered(stream))),
    ...KV_BUCKETS.map(watchKv),
    ...OBJECT_STORES.map(readObjects),
    {
      publish: [
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.LIST",
        "$JS.API.CONSUMER.LIST.*",
        "$JS.API.CONSUMER.NAMES.*",
      ],
    },
  ];
}

/** What a person at the controls may do: everything but changing the topology and doing the stages' work. */
function operator(pipelines: readonly Pipeline[]): Grant[] {
  return [
    ...readAll(pipelines),
    ...pipelines.map((pipeline) => createFiltered(pipeline.stream)),
    ...pipelines.map((pipeline) => ({
      publish: [
        ...pipeline.subjects,
        `$JS.API.CONSUMER.PAUSE.${pipeline.stream}.*`,
        `$JS.API.STREAM.PURGE.${pipeline.stream}`,
      ],
    })),
    ...KV_BUCKETS.map((bucket) => writeKv(bucket, [">"])),
    ...OBJECT_STORES.map(addObjects),
    {
      publish: [
        ...OBJECT_STORES.map((bucket) => `$JS.API.STREAM.PURGE.OBJ_${bucket}`),
        "$JS.API.STREAM.PURGE.DEAD",
        "$JS.API.STREAM.MSG.DELETE.DEAD",
        "dead.>",
        "task.audit.>",
        "schedules.set.*",
        "penstock.control.>",
        "penstock.history.>",
        "$SRV.>",
      ],
      // `penstock events --follow` and the like.
      subscribe: [...pipelines.flatMap((pipeline) => pipeline.subjects), "task.>", "dead.>"],
    },
  ];
}
