import { signal } from "@preact/signals";
import { asProblem } from "../api/problem.ts";

export interface Toast {
  id: number;
  tone: "good" | "bad" | "plain";
  text: string;
}

/** Short messages at the edge of the page, oldest first. */
export const toasts = signal<Toast[]>([]);
let next = 1;

/** Long enough to read: errors stay until closed. */
const SHOWN_MS = 6_000;

/** Says what was done. */
export function toast(text: string, tone: Toast["tone"] = "good"): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(-3), { id, tone, text }];
  if (tone !== "bad") setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Says what could not be done, in the gateway's words. */
export function toastProblem(error: unknown): void {
  const problem = asProblem(error);
  toast(problem.code === "UNEXPECTED" ? problem.message : `${problem.message} (${problem.code})`, "bad");
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}
