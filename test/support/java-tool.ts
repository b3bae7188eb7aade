import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

/** Where Debian's openjfx puts its modules. */
const OPENJFX = "/usr/share/openjfx/lib";

/** Why Java checks cannot run here, or undefined. */
export function javaMissing(needs: { openjfx?: boolean } = {}): string | undefined {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
  } catch {
    return "java is not installed";
  }
  return needs.openjfx && !existsSync(OPENJFX) ? `openjfx is not installed (no ${OPENJFX})` : undefined;
}

/**
 * Runs a single-file Java program of test/exports-java without a display; what it prints comes back.
 * @throws with the program's own words when it exits non-zero
 */
export async function runJava(
  program: string,
  files: string[],
  options: { openjfx?: boolean } = {},
): Promise<string> {
  const source = new URL(`../exports-java/${program}.java`, import.meta.url).pathname;
  const modules = options.openjfx
    ? ["--module-path", OPENJFX, "--add-modules", "javafx.fxml,javafx.graphics"]
    : [];
  const { DISPLAY: _none, ...env } = process.env;
  const run = promisify(execFile)("java", [...modules, source, ...files], { env, maxBuffer: 64 << 20 });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`${program} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  });
  return stdout;
}
