import type { Bus } from "#shared/bus";

/** Knows whether a connection is up. */
export function watchConnection(bus: Bus): { up: () => boolean } {
  let connected = true;
  void (async () => {
    for await (const status of bus.nc.status()) {
      if (status.type === "disconnect" || status.type === "staleConnection") connected = false;
      else if (status.type === "reconnect") connected = true;
    }
  })();
  return { up: () => connected && !bus.nc.isClosed() };
}
