import { readFileSync } from "node:fs";
import { FatalError } from "#shared/errors";
import { isSecretHash } from "#shared/operate";
import { type Identity, Role } from "./role.ts";

/** Somebody with a secret of their own. */
export interface User extends Identity {
  /** As `hashSecret` of `#shared/operate` makes it. */
  hash: string;
}

/**
 * Reads users as written, `<name>:<role>:<hash>` each: from a list, and from a file with one a line (`#` begins a remark).
 * @throws FatalError `BAD_USERS` naming the line, never the hash
 */
export function readUsers(list: readonly string[], file?: string): User[] {
  const users: User[] = [];
  const entries = [
    ...list.map((text, i) => ({ text, where: `entry ${i + 1} of GATEWAY_USERS` })),
    ...(file === undefined ? [] : linesOf(file)),
  ];
  for (const { text, where } of entries) {
    const user = readUser(text, where);
    if (users.some(({ name }) => name === user.name)) throw bad(where, `there are two users "${user.name}"`);
    users.push(user);
  }
  return users;
}

function readUser(text: string, where: string): User {
  const [name = "", role = "", hash = "", ...rest] = text.trim().split(":");
  const known = Role.safeParse(role);
  if (rest.length > 0 || hash === "") throw bad(where, "a user reads <name>:<role>:<hash>");
  if (!/^[A-Za-z0-9._@-]{1,64}$/.test(name))
    throw bad(where, "a name has 1 to 64 letters, digits or ._@- in it");
  if (!known.success) throw bad(where, `a role is one of ${Role.options.join(", ")}`);
  if (!isSecretHash(hash)) throw bad(where, 'that is no hash; "penstock user NAME" makes one');
  return { name, role: known.data, hash };
}

function linesOf(file: string): { text: string; where: string }[] {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (cause) {
    throw new FatalError("BAD_USERS", `GATEWAY_USERS_FILE cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  return content
    .split(/\r?\n/)
    .map((text, i) => ({ text: text.trim(), where: `line ${i + 1} of ${file}` }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"));
}

const bad = (where: string, why: string) => new FatalError("BAD_USERS", `${where}: ${why}`);
