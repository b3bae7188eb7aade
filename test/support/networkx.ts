import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

/** What networkx makes of a GraphML file. */
export interface NetworkxGraph {
  directed: boolean;
  nodes: Record<string, Record<string, unknown>>;
  edges: [source: string, target: string, data: Record<string, unknown>][];
}

/** The first Python that has networkx; a version manager's own often has not, the system's has. */
export function pythonWithNetworkx(): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) => {
    try {
      execFileSync(python, ["-c", "import networkx"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

/** Reads GraphML files with networkx. */
export async function readWithNetworkx(python: string, files: string[]): Promise<NetworkxGraph[]> {
  const script = new URL("read-graphml.py", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(python, [script, ...files], { maxBuffer: 64 << 20 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as NetworkxGraph);
}
