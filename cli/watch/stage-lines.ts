import type { TaskEvent } from "#shared/messages";
import { bar, cut, duration } from "../format.ts";
import { paint } from "../style.ts";

interface Line {
  stage: string;
  state: "running" | "done" | "failed" | "retrying";
  startedAt: number;
  progress: number | undefined;
  note: string;
  waitMs: number;
  runMs: number;
}

const NAME_WIDTH = 17;
const REDRAW_MS = 100;

/** Shows a diagram's way through the stages: on a terminal the running one moves, elsewhere each finished one is a line. */
export class StageLines {
  readonly #out: NodeJS.WriteStream;
  readonly #live: boolean;
  #current: Line | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
    this.#live = out.isTTY === true;
  }

  /** Takes the next lifecycle event of the diagram. */
  event(event: TaskEvent): void {
    switch (event.kind) {
      case "started":
        this.#begin(event);
        break;
      case "progress":
        if (this.#current?.stage === event.stage) {
          this.#current.progress = event.progress;
          this.#current.note = event.note ?? "";
        }
        break;
      case "succeeded":
        this.#end(event, "done", event.note ?? "");
        break;
      case "skipped":
        this.#end(event, "done", "was done already");
        break;
      case "retried":
        this.#end(
          event,
          "retrying",
          `${event.error?.message ?? ""} (again in ${duration(event.delayMs ?? 0)})`,
        );
        break;
      case "failed":
      case "dead-lettered":
        this.#end(event, "failed", event.error?.message ?? "");
        break;
      default:
        break;
    }
  }

  /** Stops drawing and leaves the terminal on a new line. */
  close(): void {
    clearInterval(this.#timer);
    this.#clear();
    this.#current = undefined;
  }

  #begin(event: TaskEvent): void {
    this.#current = {
      stage: event.stage,
      state: "running",
      startedAt: event.at,
      progress: undefined,
      note: "",
      waitMs: event.waitMs ?? 0,
      runMs: 0,
    };
    if (!this.#live) return;
    this.#timer ??= setInterval(() => this.#draw(), REDRAW_MS);
    this.#draw();
  }

  #end(event: TaskEvent, state: Line["state"], note: string): void {
    const line: Line = {
      stage: event.stage,
      state,
      startedAt: event.at,
      progress: undefined,
      note,
      waitMs: (this.#current?.stage === event.stage ? this.#current.waitMs : event.waitMs) ?? 0,
      runMs: event.runtimeMs ?? 0,
    };
    this.#clear();
    this.#out.write(`${this.#text(line)}\n`);
    this.#current = undefined;
  }

  #draw(): void {
    if (!this.#current) return;
    this.#clear();
    this.#out.write(cut(this.#text(this.#current), (this.#out.columns || 80) - 1));
  }

  #clear(): void {
    if (this.#live) this.#out.write("\r\u001b[2K");
  }

  #text(line: Line): string {
    const name = line.stage.padEnd(NAME_WIDTH);
    if (line.state === "running") {
      const since = duration(Date.now() - line.startedAt);
      const drawn =
        line.progress === undefined ? "" : `${bar(line.progress)} ${Math.round(line.progress * 100)} % `;
      return `  ▶ ${name} ${since.padStart(8)}  ${drawn}${line.note}`;
    }
    const sign = { done: paint("green", "✔"), failed: paint("red", "✘"), retrying: paint("yellow", "↻") }[
      line.state
    ];
    const waited = line.waitMs >= 1_000 ? paint("gray", `  waited ${duration(line.waitMs)}`) : "";
    return `  ${sign} ${name} ${duration(line.runMs).padStart(8)}${waited}${line.note ? `  ${paint("gray", line.note)}` : ""}`;
  }
}
