import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { encodeBody } from "#shared/codec";
import type { ChainDriver } from "./driver.ts";
import { HOPS } from "./pipeline.ts";

/** Sends chains on subjects `<prefix>.s0.<uid>` and hears their ends on `<prefix>.s7.<uid>`. */
export async function natsDriver(url: string, prefix: string): Promise<ChainDriver> {
  const nc = await connect({ servers: url });
  const js = jetstream(nc);
  const waiting = new Map<string, () => void>();
  nc.subscribe(`${prefix}.s${HOPS}.*`, {
    callback: (_, message) => {
      const uid = message.subject.split(".")[2] ?? "";
      waiting.get(uid)?.();
      waiting.delete(uid);
    },
  });
  let next = 0;
  return {
    async chain() {
      const uid = `c${next++}`;
      const ended = new Promise<void>((resolve) => waiting.set(uid, resolve));
      const { bytes } = encodeBody({ uid, at: Date.now() }, "msgpack");
      await js.publish(`${prefix}.s0.${uid}`, bytes, { msgID: `${prefix}.${uid}` });
      await ended;
    },
    close: () => nc.close(),
  };
}
