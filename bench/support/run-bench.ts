/** Remembers a step that takes something back; the returned function takes it back now, once. */
export type Later = (step: () => unknown) => () => Promise<void>;

/**
 * Runs a bench and takes back what it started, last first, when it ends, fails or is interrupted. Ends the process.
 */
export async function runBench(bench: (later: Later) => Promise<void>): Promise<never> {
  const steps: (() => Promise<void>)[] = [];
  let ending: Promise<void> | undefined;
  const later: Later = (step) => {
    let done: Promise<void> | undefined;
    const once = () => {
      done ??= (async () => {
        const at = steps.indexOf(once);
        if (at >= 0) steps.splice(at, 1);
        await step();
      })();
      return done;
    };
    steps.push(once);
    // What is started while we are ending must not stay.
    if (ending) ending = ending.then(takeBack);
    return once;
  };
  const takeBack = async () => {
    for (let step = steps.pop(); step; step = steps.pop())
      await step().catch((error) => console.error(`taking back: ${error}`));
  };
  const end = async (code: number) => {
    ending ??= takeBack();
    for (let seen: unknown; seen !== ending; ) {
      seen = ending;
      await ending;
    }
    process.exit(code);
  };
  // The same Ctrl-C often comes twice, from the terminal and from npm: the second must not cut the cleaning short.
  let interrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      interrupted = true;
      void end(130);
    });
  let code = 0;
  try {
    await bench(later);
  } catch (error) {
    // An interrupted bench fails because its processes are gone.
    if (!interrupted) console.error(error instanceof Error ? error.stack : error);
    code = 1;
  }
  return end(interrupted ? 130 : code) as Promise<never>;
}
