import { signal } from "@preact/signals";
import { paths } from "../api/paths.ts";
import type { LiveEvent } from "./live-event.ts";
import { connectLive } from "./live-source.ts";

/** Which live events to hear of; every given part must match. */
export interface LiveFilter {
  /** `diagram`, `task`; both when left out. */
  kind?: "diagram" | "task";
  /** Of this diagram or run. */
  run?: string;
  /** Of this task. */
  task?: string;
}

export type LinkState = "connecting" | "live" | "away";

/** How the live connection is, and why not when it is away. */
export const link = signal<{ state: LinkState; reason: string }>({ state: "connecting", reason: "" });

const listeners = new Map<(event: LiveEvent | null) => void, LiveFilter>();

/**
 * Calls for every live event that matches, and with `null` after a gap in which events may have been missed.
 * @returns stops
 */
export function onLive(filter: LiveFilter, listener: (event: LiveEvent | null) => void): () => void {
  listeners.set(listener, filter);
  return () => listeners.delete(listener);
}

/** True when an event is one the filter asks for. */
export function matches(filter: LiveFilter, event: LiveEvent): boolean {
  if (filter.kind !== undefined && filter.kind !== event.kind) return false;
  if (filter.run !== undefined && filter.run !== event.run) return false;
  return filter.task === undefined || filter.task === event.task;
}

let started = false;

/** Opens the one connection that all tabs share. Does nothing the second time. */
export function startLive(): void {
  if (started) return;
  started = true;
  connectLive((message) => {
    if (message.type === "events") {
      for (const event of message.events)
        for (const [listener, filter] of listeners) if (matches(filter, event)) listener(event);
    } else if (message.type === "state") {
      if (message.state === "live") {
        const gap = link.value.state === "away";
        link.value = { state: "live", reason: "" };
        if (gap) for (const listener of listeners.keys()) listener(null);
      } else explain();
    }
  });
}

/** Says what is wrong, in the gateway's words when it answers. */
async function explain(): Promise<void> {
  let reason = "the gateway does not answer";
  try {
    const response = await fetch(paths.ready);
    const { checks } = (await response.json()) as { checks: Record<string, string> };
    const wrong = Object.values(checks).find((value) => value !== "ok");
    reason = response.ok ? "reconnecting" : (wrong ?? "the gateway is not ready");
  } catch {
    // It does not answer: said already.
  }
  link.value = { state: "away", reason };
}
