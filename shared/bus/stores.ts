import { type KV, Kvm } from "@nats-io/kv";
import { type ObjectStore, Objm } from "@nats-io/obj";
import type { Bus } from "./connect.ts";
import type { KvBucket, ObjectBucket } from "./topology.ts";

/** Opens a KV bucket made by the topology. */
export const openKv = (bus: Bus, name: KvBucket): Promise<KV> => new Kvm(bus.js).open(name);

/** Opens an object store made by the topology. */
export const openObjects = (bus: Bus, name: ObjectBucket | (string & {})): Promise<ObjectStore> =>
  new Objm(bus.js).open(name);
