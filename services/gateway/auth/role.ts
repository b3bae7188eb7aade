import { z } from "zod";

/** What somebody may do: look; act on diagrams, tasks, queues and letters; change settings, models and schedules, and destroy. */
export const Role = z.enum(["viewer", "operator", "admin"]);
export type Role = z.infer<typeof Role>;

/** True when a role allows what another one does. */
export const atLeast = (role: Role, needed: Role): boolean =>
  Role.options.indexOf(role) >= Role.options.indexOf(needed);

/** Who sent a request. */
export interface Identity {
  name: string;
  role: Role;
}

/** Whoever is let in when nobody has to say who they are. */
export const ANYBODY: Identity = { name: "local", role: "admin" };
