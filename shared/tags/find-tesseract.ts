import { execFile } from "node:child_process";

/** Version of a tesseract that runs; undefined when there is none. @param command a name on the PATH, or a path */
export function findTesseract(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ["--version"], { timeout: 10_000 }, (error, stdout, stderr) => {
      resolve(error ? undefined : (/tesseract\s+v?(\S+)/.exec(`${stdout}${stderr}`)?.[1] ?? undefined));
    });
  });
}
