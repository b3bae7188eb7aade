/** A process that runs until it is told to stop. */
export interface Stopped {
  /** Resolves with the exit code. */
  code: Promise<number>;
  stop(code?: number): void;
}

/** Listens for SIGINT and SIGTERM; a second one ends the process at once. */
export function untilStopped(): Stopped {
  let resolve: (code: number) => void = () => undefined;
  let asked = false;
  const code = new Promise<number>((done) => {
    resolve = done;
  });
  const stop = (exitCode = 0) => {
    asked = true;
    resolve(exitCode);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (asked) process.exit(130);
      stop(0);
    });
  return { code, stop };
}
