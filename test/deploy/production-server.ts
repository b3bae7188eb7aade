import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { connectBus } from "#shared/bus";
import { PIPELINES } from "#shared/pipeline";
import { testServer } from "#test/nats";
import { passwordVariable } from "../../deploy/nats/format-users.ts";
import { natsUsers } from "../../deploy/nats/users.ts";

const names = natsUsers(PIPELINES).map(({ name }) => name);
export const passwordOf = (user: string) => `secret-of-${user}`;

/** A server with the nats.conf of production, but for its address and its store. */
export async function productionServer() {
  const passwords = Object.fromEntries(names.map((name) => [passwordVariable(name), passwordOf(name)]));
  const server = await testServer({
    config: { path: resolve("nats.conf") },
    env: { NATS_SERVER_NAME: "production", ...passwords },
  });
  return {
    server,
    /** Connects as one of the configuration's users. */
    connectAs: (user: string, pass = passwordOf(user)) =>
      connectBus({ url: server.url, name: user, user, pass, connectTimeoutMs: 30_000 }),
    /** Every refusal the server has logged: `Publish Violation`, `Subscription Violation`. */
    violations: async () => {
      const log = await readFile(`${server.storeDir}/nats-server.log`, "utf8");
      return log.split("\n").filter((line) => /violation/i.test(line));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
