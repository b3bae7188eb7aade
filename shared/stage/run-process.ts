import { FatalError, PenstockError } from "#shared/errors";

/**
 * Runs what is no stage as a process of its own until it is told to stop (SIGTERM, SIGINT); then the process ends with 0, and
 * with the error's sentence and exit code when it cannot begin.
 * @param start reads settings, connects, begins; what it gives back stops all of that in order
 */
export async function runProcess(name: string, start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const close = await start();
    const stop = async () => {
      await close();
      process.exit(0);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (error) {
    endWith(name, error);
  }
}

/** Ends the process with an error's sentence, code and exit code. @throws what is no error of ours, for its stack */
export function endWith(name: string, error: unknown): never {
  if (!(error instanceof PenstockError)) throw error;
  process.stderr.write(`${name}: ${error.message} [${error.code}]\n`);
  process.exit(error instanceof FatalError ? error.exitCode : 1);
}
