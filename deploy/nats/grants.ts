import type { Pipeline } from "#shared/pipeline";

/** Subjects a user may publish on, those taken out of them again, and subjects it may subscribe to. */
export interface Grant {
  publish?: string[];
  denyPublish?: string[];
  subscribe?: string[];
}

/** Joins grants; each subject once, sorted, so that the file changes only where a permission does. */
export function joinGrants(...grants: Grant[]): Required<Grant> {
  const union = (pick: (grant: Grant) => string[] | undefined) =>
    [...new Set(grants.flatMap((grant) => pick(grant) ?? []))].sort();
  return {
    publish: union((grant) => grant.publish),
    denyPublish: union((grant) => grant.denyPublish),
    subscribe: union((grant) => grant.subscribe),
  };
}

/**
 * What every user needs: its own inbox, so that nobody reads another's answers, and the server's limits. Answers to
 * requests that reach it are allowed by `allow_responses`.
 */
export function base(user: string): Grant {
  return { publish: ["$JS.API.INFO"], subscribe: [`_INBOX_${user}.>`] };
}

/** To be found and asked as a NATS micro service, and to answer on its own subjects. */
export function microService(...subjects: string[]): Grant {
  return { subscribe: ["$SRV.>", ...subjects] };
}

/**
 * To read a stream in any way but through the consumers of the stages: through them messages would be taken away from
 * workers. A consumer of one's own has its name in the subject, where it can be refused (see {@link createFiltered}).
 */
export function readStream(stream: string, stages: string[] = [], own: string[] = []): Grant {
  return {
    publish: [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.STREAM.MSG.GET.${stream}`,
      `$JS.API.DIRECT.GET.${stream}.>`,
      `$JS.API.CONSUMER.CREATE.${stream}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.*`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
      `$JS.API.CONSUMER.DELETE.${stream}.*`,
    ],
    denyPublish: stages.flatMap((stage) => [
      `$JS.API.CONSUMER.CREATE.${stream}.${stage}`,
      `$JS.API.CONSUMER.CREATE.${stream}.${stage}.>`,
      `$JS.API.CONSUMER.DELETE.${stream}.${stage}`,
      ...(own.includes(stage) ? [] : [`$JS.API.CONSUMER.MSG.NEXT.${stream}.${stage}`]),
    ]),
  };
}

/** Reads the stream of a pipeline; `own` are the stages whose messages it takes and acks. */
export function readPipeline(pipeline: Pipeline, own: string[] = []): Grant {
  return joinGrants(readStream(pipeline.stream, Object.keys(pipeline.stages), own), {
    publish: own.map((stage) => `$JS.ACK.${pipeline.stream}.${stage}.>`),
  });
}

/** To work on a stream with consumers of one's own, and to remember how far one is. */
export function followStream(stream: string, stages: string[] = []): Grant {
  return joinGrants(readStream(stream, stages), {
    publish: [`$JS.ACK.${stream}.>`],
    denyPublish: stages.map((stage) => `$JS.ACK.${stream}.${stage}.>`),
  });
}

/**
 * To make consumers with several filters: the name is in the request then, not in its subject. The server takes any
 * name there, a stage's too, so on the stream of a pipeline only operators get this.
 */
export function createFiltered(stream: string): Grant {
  return { publish: [`$JS.API.CONSUMER.CREATE.${stream}`] };
}

/** To get the values of a KV bucket. */
export function readKv(bucket: string): Grant {
  return {
    publish: [
      `$JS.API.STREAM.INFO.KV_${bucket}`,
      `$JS.API.STREAM.MSG.GET.KV_${bucket}`,
      `$JS.API.DIRECT.GET.KV_${bucket}.>`,
    ],
  };
}

/** To get and to watch the values of a KV bucket. */
export function watchKv(bucket: string): Grant {
  return joinGrants(readKv(bucket), consume(`KV_${bucket}`));
}

/** To get the values, and to write the keys that match, `>` for all. */
export function writeKv(bucket: string, keys: string[]): Grant {
  return joinGrants(readKv(bucket), { publish: keys.map((key) => `$KV.${bucket}.${key}`) });
}

/** To read objects. */
export function readObjects(bucket: string): Grant {
  return joinGrants(consume(`OBJ_${bucket}`), {
    publish: [
      `$JS.API.STREAM.INFO.OBJ_${bucket}`,
      `$JS.API.DIRECT.GET.OBJ_${bucket}.>`,
      `$JS.API.STREAM.MSG.GET.OBJ_${bucket}`,
    ],
  });
}

/** To read and add objects. Objects are never replaced, so this gives no right to purge any. */
export function addObjects(bucket: string): Grant {
  return joinGrants(readObjects(bucket), { publish: [`$O.${bucket}.>`] });
}

/** An ordered consumer of a stream behind a bucket: made, paced and removed by the client. */
function consume(stream: string): Grant {
  return {
    publish: [
      `$JS.API.CONSUMER.CREATE.${stream}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.*`,
      `$JS.API.CONSUMER.DELETE.${stream}.*`,
      `$JS.FC.${stream}.>`,
    ],
  };
}
