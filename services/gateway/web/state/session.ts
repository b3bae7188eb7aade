import { computed, signal } from "@preact/signals";
import { paths } from "../api/paths.ts";
import { asProblem, type Problem } from "../api/problem.ts";
import { del, get, post } from "../api/request.ts";
import { mustSignIn } from "./signed-out.ts";

export type Role = "viewer" | "operator" | "admin";

/** Who we are to the gateway. */
export interface Session {
  role: Role;
  name: string;
  readOnly: boolean;
  authRequired: boolean;
  /** Name of the environment; may be empty. */
  badge: string;
  version: string;
}

export const session = signal<Session | undefined>(undefined);
/** Why there is no session, other than that nobody has signed in. */
export const sessionProblem = signal<Problem | undefined>(undefined);
const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };
const allows = (role: Role) =>
  session.value !== undefined && !session.value.readOnly && RANK[session.value.role] >= RANK[role];

/** May change things: retry, revoke, pause, correct … */
export const canOperate = computed(() => allows("operator"));
/** May do what only admins may. */
export const canAdmin = computed(() => allows("admin"));
/** Why an action is not offered; null when it is. */
export const whyNot = computed(() => {
  if (canOperate.value || session.value === undefined) return null;
  return session.value.readOnly ? "This gateway is read-only" : "Your role may only look";
});

/** Asks the gateway who we are. */
export async function loadSession(): Promise<void> {
  try {
    session.value = await get<Session>(paths.session);
    sessionProblem.value = undefined;
    mustSignIn.value = false;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status !== 401) sessionProblem.value = problem;
  }
}

/** What people sign in with. */
export type Credentials = { token: string } | { name: string; secret: string };

/** @throws Problem `UNAUTHORIZED` */
export async function signIn(credentials: Credentials): Promise<void> {
  await post(paths.session, credentials);
  await loadSession();
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await del(paths.session);
  session.value = undefined;
  mustSignIn.value = true;
}
