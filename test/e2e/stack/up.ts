import { eventually } from "#test/nats";
import { type Program, startProgram } from "./program.ts";

/** The all-in-one, as `npm start` runs it, without its demo. */
export interface Up extends AsyncDisposable {
  readonly program: Program;
  /** Address of the gateway. */
  readonly url: string;
  readonly natsUrl: string;
  /** Ends it as an operator does. */
  stop(): Promise<void>;
}

/**
 * Starts `penstock up` on free ports.
 * @param data folder for everything; starting on the same one again is a restart
 * @param executors processes that compute
 */
export async function startUp(data: string, env: Record<string, string> = {}, executors = 2): Promise<Up> {
  const args = [
    "up",
    "--data",
    data,
    "--port",
    "0",
    "--nats-port",
    "0",
    "--executors",
    `${executors}`,
    "--json",
  ];
  const program = startProgram("bin/penstock.js", { args, env: { STOP_GRACE_MS: "2000", ...env } });
  try {
    const line = await eventually(
      "the all-in-one is up",
      () => {
        if (!program.running()) throw new Error(`penstock up has ended:\n${program.stderr()}`);
        return program.stdout().match(/^\{"event":"up".*\}$/m)?.[0];
      },
      180_000,
    );
    const { url, natsUrl } = JSON.parse(line) as { url: string; natsUrl: string };
    const stop = async () => {
      program.kill("SIGTERM");
      const code = await program.ended;
      if (code !== 0) throw new Error(`penstock up ended with ${code}:\n${program.stderr()}`);
    };
    return { program, url, natsUrl, stop, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}
