// Prints a .env for docker compose: a random password for every NATS user, the token that opens the gateway, and Grafana's password. Plain Node, no dependencies:
//   node deploy/make-env.mjs > .env
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

const users = readFileSync(new URL("./nats/users.conf", import.meta.url), "utf8");
// A letter first: nats-server would read a value that begins with a digit as a number.
const variables = [...users.matchAll(/^\s*password: \$(\w+)$/gm)].map(([, variable]) => variable);
for (const variable of [...variables, "GATEWAY_TOKEN", "GRAFANA_PASSWORD"])
  console.log(`${variable}=p${randomBytes(24).toString("hex")}`);
