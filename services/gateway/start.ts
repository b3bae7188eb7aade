import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import type { Bus } from "#shared/bus";
import { FatalError } from "#shared/errors";
import { historyClient } from "#shared/history";
import { createLogger, type Logger } from "#shared/telemetry";
import { createApp } from "./app.ts";
import { Authenticator } from "./auth/authenticator.ts";
import { readUsers } from "./auth/users.ts";
import { checkExposure, GatewayConfig, knownHosts } from "./config.ts";
import type { Gateway } from "./context.ts";
import { type BusLink, linkTo } from "./link.ts";
import { Looker } from "./looking/looker.ts";

export interface StartGatewayOptions extends Partial<GatewayConfig> {
  /** A connection somebody else owns, or a link that makes its own. */
  bus: Bus | BusLink;
  version?: string;
  log?: Logger;
}

/** A gateway that listens. */
export interface RunningGateway extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:8080` */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the HTTP server. It answers whether or not NATS can be reached.
 * @throws FatalError `GATEWAY_NEEDS_TOKEN`, `BAD_USERS`, `PORT_TAKEN`
 */
export async function startGateway(options: StartGatewayOptions): Promise<RunningGateway> {
  const { bus, version = "0.0.0", log = createLogger("gateway"), ...settings } = options;
  const config = GatewayConfig.parse(settings);
  const link = "nc" in bus ? linkTo(bus) : bus;
  const gateway = createGateway(config, link, version, log);
  checkExposure(config, gateway.access.auth.open);
  const app = createApp(gateway);
  const server = await listen(app.fetch, config);
  const { port } = server.address() as AddressInfo;
  const shown = config.host.includes(":") ? `[${config.host}]` : config.host;
  const close = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Live event streams never end by themselves.
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
    await gateway.looker.close();
    await link.close();
  };
  return { url: `http://${shown}:${port}`, close, [Symbol.asyncDispose]: close };
}

/** What the routes need, from settings and a link. @throws FatalError `BAD_USERS` */
export function createGateway(config: GatewayConfig, link: BusLink, version: string, log: Logger): Gateway {
  return {
    bus: link.bus,
    up: link.up,
    history: async () => historyClient(await link.bus()),
    access: {
      auth: new Authenticator({
        ...(config.token === undefined ? {} : { token: config.token }),
        ...(config.viewerToken === undefined ? {} : { viewerToken: config.viewerToken }),
        users: readUsers(config.users, config.usersFile),
      }),
      readOnly: config.readOnly,
      hosts: knownHosts(config),
    },
    uploadMaxBytes: config.uploadMaxMb * 1024 * 1024,
    tiles: {
      maxBytes: config.tilesMaxMb * 1024 * 1024,
      ...(config.tilesFolder === undefined ? {} : { folder: config.tilesFolder }),
    },
    looker: new Looker(),
    badge: config.badge,
    version,
    log,
  };
}

function listen(fetch: Parameters<typeof serve>[0]["fetch"], config: GatewayConfig): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: config.host, port: config.port }, () => resolve(server));
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new FatalError(
              "PORT_TAKEN",
              `port ${config.port} on ${config.host} is taken; set GATEWAY_PORT to another`,
            )
          : error,
      );
    });
  });
}
