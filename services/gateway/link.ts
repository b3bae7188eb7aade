import { connect } from "node:net";
import { type Bus, type BusOptions, connectBus } from "#shared/bus";
import { RetryableError } from "#shared/errors";

/** The gateway's hold on NATS: the connection while there is one, and what to say while there is none. */
export interface BusLink {
  /** @throws RetryableError `NATS_UNREACHABLE` naming address and reason */
  bus(): Promise<Bus>;
  /** True while connected. */
  up(): boolean;
  close(): Promise<void>;
}

/** A link over a connection somebody else owns. */
export function linkTo(bus: Bus): BusLink {
  const state = watch(bus);
  return {
    up: state.up,
    async bus() {
      if (state.up()) return bus;
      throw await unreachable(bus.url);
    },
    close: async () => undefined,
  };
}

/** A link that connects in the background and for ever: the gateway answers meanwhile. */
export function openLink(options: BusOptions, onFatal: (error: unknown) => void): BusLink {
  const url = options.url ?? "nats://127.0.0.1:4222";
  let bus: Bus | undefined;
  let up = () => false;
  let closed = false;
  const connecting = connectBus({ ...options, connectTimeoutMs: 0 }).then(
    (connected) => {
      if (closed) return connected.close();
      bus = connected;
      up = watch(connected).up;
    },
    (error) => onFatal(error),
  );
  return {
    up: () => up(),
    async bus() {
      if (bus && up()) return bus;
      throw await unreachable(url);
    },
    async close() {
      closed = true;
      if (!bus) return;
      await connecting;
      await bus.close();
    },
  };
}

function watch(bus: Bus): { up: () => boolean } {
  let connected = true;
  void (async () => {
    for await (const status of bus.nc.status()) {
      if (status.type === "disconnect" || status.type === "staleConnection") connected = false;
      else if (status.type === "reconnect") connected = true;
    }
  })();
  return { up: () => connected && !bus.nc.isClosed() };
}

/** What the first of the addresses says to a plain connection: the client keeps that to itself. */
async function unreachable(url: string): Promise<RetryableError> {
  const shown = url.replace(/\/\/[^@/]*@/, "//");
  const first = new URL(
    /^\w+:\/\//.test(shown) ? (shown.split(",")[0] as string) : `nats://${shown.split(",")[0]}`,
  );
  const reason = await new Promise<string>((resolve) => {
    const socket = connect({ host: first.hostname, port: Number(first.port || 4222), timeout: 500 });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once("timeout", () => end("no answer within 500 ms"));
    socket.once("connect", () => end("it has just come back, reconnecting"));
  });
  return new RetryableError("NATS_UNREACHABLE", `NATS at ${shown} cannot be reached: ${reason}`);
}
