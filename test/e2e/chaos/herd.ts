import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Member {
  name: string;
  module: URL;
  /** Arguments of the n-th start. */
  args?: (start: number) => string[];
  env?: Record<string, string>;
}

/** Processes that are started again whenever they die, until the herd is disposed: a supervisor in small. */
export class Herd implements AsyncDisposable {
  readonly deaths = new Map<string, number>();
  readonly #alive = new Map<string, ChildProcess>();
  #closed = false;

  add(member: Member, start = 0): void {
    const child = fork(fileURLToPath(member.module), member.args?.(start) ?? [], {
      env: { ...process.env, ...member.env },
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#alive.set(member.name, child);
    child.on("exit", () => {
      this.#alive.delete(member.name);
      if (this.#closed) return;
      this.deaths.set(member.name, (this.deaths.get(member.name) ?? 0) + 1);
      setTimeout(() => !this.#closed && this.add(member, start + 1), 100);
    });
  }

  names(): string[] {
    return [...this.#alive.keys()];
  }

  kill(name: string): boolean {
    return this.#alive.get(name)?.kill("SIGKILL") ?? false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#alive.values()].map((child) => {
        const end = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        return end;
      }),
    );
  }
}
