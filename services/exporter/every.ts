/** Does something again and again, never twice at once, until stopped; what fails is told and done again. */
export function every(
  ms: number,
  onProblem: (error: unknown) => void,
  act: () => Promise<void>,
): { stop(): Promise<void> } {
  let stopped = false;
  let current: Promise<void> | undefined;
  const timer = setInterval(() => {
    current ??= act()
      .catch((error) => {
        if (!stopped) onProblem(error);
      })
      .finally(() => {
        current = undefined;
      });
  }, ms);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
    },
  };
}
