// What a user of NATS does who knows the subjects and nothing else of ours: this file imports the NATS clients only.
import { jetstream } from "@nats-io/jetstream";
import { Objm } from "@nats-io/obj";
import { connect, errors, type Msg, type NatsConnection } from "@nats-io/transport-node";

/** `nats object put inbox NAME` */
export async function putObject(nc: NatsConnection, name: string, bytes: Uint8Array): Promise<void> {
  const inbox = await new Objm(jetstream(nc)).open("inbox");
  await inbox.putBlob({ name }, bytes);
}

/** `nats object get BUCKET KEY` */
export async function getObject(nc: NatsConnection, bucket: string, key: string): Promise<Uint8Array | null> {
  return (await new Objm(jetstream(nc)).open(bucket)).getBlob(key);
}

/** `nats sub 'diagram.>'`: everything that passes by, in order. */
export async function watchDiagrams(
  url: string,
): Promise<{ seen: Msg[]; nc: NatsConnection } & AsyncDisposable> {
  const nc = await connect({ servers: url });
  const seen: Msg[] = [];
  nc.subscribe("diagram.>", {
    callback: (_, message) => {
      seen.push(message);
    },
  });
  await nc.flush();
  return { seen, nc, [Symbol.asyncDispose]: () => nc.close() };
}

/** `nats pub SUBJECT '{…}'`, and wait until the server has it. */
export async function publishJson(nc: NatsConnection, subject: string, body: unknown): Promise<void> {
  nc.publish(subject, JSON.stringify(body));
  await nc.flush();
}

/** `nats micro ls` and `nats micro stats NAME`: what each service says. */
export async function askServices<T>(nc: NatsConnection, subject: string): Promise<T[]> {
  const answers: T[] = [];
  const options = { strategy: "stall" as const, maxWait: 5_000, stall: 500 };
  try {
    for await (const answer of await nc.requestMany(subject, "", options)) answers.push(answer.json<T>());
  } catch (error) {
    // Nobody there is an answer too.
    if (!(error instanceof errors.NoRespondersError)) throw error;
  }
  return answers;
}
