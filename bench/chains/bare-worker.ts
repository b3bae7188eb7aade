/** The same hops with the bare JetStream client: consume, publish the next with an ack, ack. Nothing else. `<url>` */
import { AckPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { HOPS } from "./pipeline.ts";

const nc = await connect({ servers: process.argv[2] ?? "" });
const js = jetstream(nc);
const jsm = await jetstreamManager(nc);
await jsm.streams.add({ name: "BARE", subjects: ["bare.>"] });
for (let hop = 0; hop < HOPS; hop++) {
  await jsm.consumers.add("BARE", {
    durable_name: `hop${hop}`,
    filter_subject: `bare.s${hop}.*`,
    ack_policy: AckPolicy.Explicit,
    max_ack_pending: 20_000,
  });
  const consumer = await js.consumers.get("BARE", `hop${hop}`);
  await consumer.consume({
    max_messages: 64,
    callback: (message) => {
      const uid = message.subject.split(".")[2];
      js.publish(`bare.s${hop + 1}.${uid}`, message.data).then(() => message.ack());
    },
  });
}
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
