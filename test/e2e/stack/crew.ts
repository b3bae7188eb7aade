import { type Program, type ProgramOptions, startProgram } from "./program.ts";

/** Processes that are started again whenever they die, as a supervisor does. */
export class Crew implements AsyncDisposable {
  readonly #members = new Map<string, Program>();
  #closed = false;

  /** Starts a process under a name, now and after each of its deaths. */
  add(name: string, script: string, options: ProgramOptions): void {
    const program = startProgram(script, options);
    this.#members.set(name, program);
    program.ended.then((how) => {
      if (this.#closed) return;
      // A process that ends by itself has something to say; one that was killed has not.
      if (how !== "SIGKILL") process.stderr.write(`${name} ended with ${how}: ${program.stderr()}\n`);
      this.add(name, script, options);
    });
  }

  /** Process ids of those that run. */
  pids(): number[] {
    return [...this.#members.values()].filter((program) => program.running()).map(({ pid }) => pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members.values()].map((program) => program[Symbol.asyncDispose]()));
  }
}
