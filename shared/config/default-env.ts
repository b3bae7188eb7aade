/**
 * Sets variables of our environment that nobody has set, for this process and those it starts.
 * @returns takes them back
 */
export function defaultEnv(values: Record<string, string>): () => void {
  const set = Object.keys(values).filter((name) => !process.env[name]);
  for (const name of set) process.env[name] = values[name];
  return () => {
    for (const name of set) delete process.env[name];
  };
}
