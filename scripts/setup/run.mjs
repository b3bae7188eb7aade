import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs a program with our own output, to its end.
 * Rejects with an error that carries its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd] the checkout unless told otherwise
 */
export function run(command, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) return resolve(undefined);
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      reject(Object.assign(new Error(`${[command, ...args].join(" ")} ${how}`), { exitCode: code ?? 1 }));
    });
  });
}

/**
 * Says what is being done, and how long it took.
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
export async function step(what, work) {
  console.log(`setup: ${what} …`);
  const started = performance.now();
  await work();
  console.log(`setup: ${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
