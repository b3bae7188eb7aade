import { createConnection } from "node:net";
import type { ServerInfoLike } from "./version.ts";

/**
 * Reads the INFO line that a NATS server sends to whoever connects.
 * @throws Error when nobody answers within `timeoutMs`.
 */
export function probe(host: string, port: number, timeoutMs = 2000): Promise<ServerInfoLike> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    let text = "";
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () =>
      fail(new Error(`${host}:${port} sent no INFO within ${timeoutMs} ms`)),
    );
    socket.on("error", fail);
    socket.on("close", () => reject(new Error(`${host}:${port} closed before INFO`)));
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\r\n");
      if (end < 0) return;
      socket.destroy();
      const match = /^INFO (\{.*\})/.exec(text.slice(0, end));
      try {
        if (!match) throw new Error("its first line is not INFO");
        resolve(JSON.parse(match[1]!) as ServerInfoLike);
      } catch (error) {
        reject(new Error(`${host}:${port} is no NATS server: ${(error as Error).message}`));
      }
    });
  });
}
