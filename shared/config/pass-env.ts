/** The named variables of our environment that are set: what a program we start may know of it, and nothing else. */
export function passEnv(names: readonly string[]): Record<string, string> {
  const set = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(set);
}
