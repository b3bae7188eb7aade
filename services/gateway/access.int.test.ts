import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Bus } from "#shared/bus";
import { hashSecret, scan } from "#shared/operate";
import { PIPELINES } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { temporaryFolder } from "#test/nats";
import { withBus } from "#test/with-bus";
import { createApp } from "./app.ts";
import { GatewayConfig } from "./config.ts";
import type { App } from "./context.ts";
import { linkTo } from "./link.ts";
import { createGateway } from "./start.ts";

let bus: Bus;
let app: App;
let users: string[];
const log = createLogger("access-test");
const appWith = (settings: Partial<GatewayConfig>) =>
  createApp(createGateway(GatewayConfig.parse(settings), linkTo(bus), "1.2.3", log));

withBus(PIPELINES, async (own) => {
  ({ bus } = own);
  users = await Promise.all(
    ["vera:viewer", "otto:operator", "ada:admin"].map(
      async (user) => `${user}:${await hashSecret(`secret of ${user.split(":")[0]}`)}`,
    ),
  );
  app = appWith({ users, badge: "test" });
});

const basic = (name: string, secret = `secret of ${name}`) => ({
  authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`,
});
const send = (headers: Record<string, string>, method: string, path: string, body?: unknown, to = app) =>
  to.request(path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const outcome = async (response: Response | Promise<Response>) => {
  const answer = await response;
  return [answer.status, ((await answer.json()) as { code?: string }).code ?? "ok"];
};

test("viewers look, operators act, admins change settings", async () => {
  const tries = [
    ["GET", "/api/queues"],
    ["POST", "/api/queues/gpu/resume"],
    ["PATCH", "/api/settings/detect"],
  ] as const;
  const told: Record<string, unknown> = {};
  for (const name of ["vera", "otto", "ada"])
    told[name] = await Promise.all(
      tries.map(async ([method, path]) =>
        outcome(send(basic(name), method, path, method === "GET" ? undefined : {})),
      ),
    );
  expect(told).toEqual({
    vera: [
      [200, "ok"],
      [403, "READ_ONLY"],
      [403, "READ_ONLY"],
    ],
    otto: [
      [200, "ok"],
      [200, "ok"],
      [403, "ROLE_TOO_LOW"],
    ],
    ada: [
      [200, "ok"],
      [200, "ok"],
      [200, "ok"],
    ],
  });
});

test("the audit trail names who signed in, whatever the body claims, with role and reason", async () => {
  await send(basic("otto"), "POST", "/api/queues/light/pause", { by: "somebody else", reason: "tests" });
  const said: unknown[] = [];
  for await (const message of scan(bus, "TASKS", { filters: ["task.audit.pause"] })) {
    expect(message.headers?.get("Nats-TTL")).toBe("never");
    said.push(message.json());
  }
  expect(said).toMatchObject([
    { action: "pause", target: "light", by: "otto", role: "operator", reason: "tests" },
  ]);
  await send(basic("otto"), "POST", "/api/queues/light/resume");
});

test("a session says who and what, and lasts in a cookie that holds no secret", async () => {
  expect(await outcome(send({}, "GET", "/api/session"))).toEqual([401, "UNAUTHORIZED"]);
  const wrong = { name: "vera", secret: "guess" };
  expect(await outcome(send({}, "POST", "/api/session", wrong))).toEqual([401, "UNAUTHORIZED"]);
  expect(await outcome(send({}, "POST", "/api/session", { name: "vera" }))).toEqual([400, "BAD_REQUEST"]);
  const login = await send({}, "POST", "/api/session", { name: "vera", secret: "secret of vera" });
  const session = {
    name: "vera",
    role: "viewer",
    readOnly: false,
    authRequired: true,
    badge: "test",
    version: "1.2.3",
  };
  expect(await login.json()).toEqual(session);
  const cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(cookie).not.toContain("secret");
  expect(await (await send({ cookie }, "GET", "/api/session")).json()).toEqual(session);
  expect(await outcome(send({ cookie }, "GET", "/api/queues"))).toEqual([200, "ok"]);
  expect(await outcome(send({ cookie }, "POST", "/api/queues/gpu/pause"))).toEqual([403, "READ_ONLY"]);
  // Another gateway with the same users takes it; one whose users changed does not.
  expect(await outcome(send({ cookie }, "GET", "/api/queues", undefined, appWith({ users })))).toEqual([
    200,
    "ok",
  ]);
  const others = appWith({ users: users.slice(1) });
  expect(await outcome(send({ cookie }, "GET", "/api/queues", undefined, others))).toEqual([
    401,
    "UNAUTHORIZED",
  ]);
  const gone = await send({ cookie }, "DELETE", "/api/session");
  expect([gone.status, gone.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("Max-Age=0")]);
});

test("guessing is slowed down, for whoever guesses and not for others", async () => {
  const guarded = appWith({ users });
  const guess = () => send(basic("ada", "guess"), "GET", "/api/queues", undefined, guarded);
  for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401);
  const slowed = await guess();
  expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^[12]$/)]);
  expect(await outcome(send(basic("ada"), "GET", "/api/queues", undefined, guarded))).toEqual([
    429,
    "TOO_MANY_TRIES",
  ]);
  expect(await outcome(send(basic("otto"), "GET", "/api/queues", undefined, guarded))).toEqual([200, "ok"]);
});

test("a token works as bearer and as the password of basic auth; a user's name and secret as bearer too", async () => {
  const shared = appWith({ token: "the-admins-token", viewerToken: "the-viewers-token", users });
  const who = async (authorization: string) => {
    const { name, role } = await (
      await send({ authorization }, "GET", "/api/session", undefined, shared)
    ).json();
    return `${name} ${role}`;
  };
  expect(await who("Bearer the-admins-token")).toBe("admin admin");
  expect(await who(basic("anybody", "the-viewers-token").authorization)).toBe("viewer viewer");
  expect(await who(basic("otto").authorization)).toBe("otto operator");
});

test("on an open gateway everybody is admin and believed by name; read-only binds admins too", async () => {
  const open = appWith({});
  expect(await (await send({}, "GET", "/api/session", undefined, open)).json()).toMatchObject({
    role: "admin",
    authRequired: false,
  });
  const looking = appWith({ users, readOnly: true });
  expect(await outcome(send(basic("ada"), "PATCH", "/api/settings/detect", {}, looking))).toEqual([
    403,
    "READ_ONLY",
  ]);
});

test("users come from a file too; what is wrong in it is told with its line and without the hash", async () => {
  await using folder = await temporaryFolder();
  const usersFile = join(folder.path, "users");
  await writeFile(usersFile, `# people\n\n${users[1]}\n`);
  const filed = appWith({ usersFile });
  expect(await outcome(send(basic("otto"), "GET", "/api/queues", undefined, filed))).toEqual([200, "ok"]);
  const fault = async (line: string) => {
    await writeFile(usersFile, `# people\n${line}\n`);
    try {
      appWith({ usersFile });
    } catch (error) {
      return (error as Error).message.replace(usersFile, "FILE");
    }
    return "none";
  };
  expect(await fault("otto:king:x")).toBe("line 2 of FILE: a role is one of viewer, operator, admin");
  expect(await fault("otto:operator:plain-secret")).toMatch(/^line 2 of FILE: that is no hash/);
  expect(await fault("otto:operator")).toMatch(/<name>:<role>:<hash>/);
  expect(await fault(`${users[1]}\n${users[1]}`)).toMatch(/^line 3 .* two users "otto"/);
});
