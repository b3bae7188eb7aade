import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FatalError } from "#shared/errors";
import { CONTENT_TYPE } from "./text/format.ts";

const KEEP_ALIVE_MS = 120_000;

export interface Pages {
  /** The metrics, or null while they must not be shown. */
  metrics: () => string | null;
  /** Why it is ill, or null. */
  ailment: () => string | null;
}

/**
 * Serves `/metrics` and `/healthz`.
 * @throws FatalError `PORT_TAKEN`
 */
export async function serve(
  host: string,
  port: number,
  pages: Pages,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405, "only GET\n");
    if (path === "/metrics") {
      const text = pages.metrics();
      if (text === null) return answer(response, 503, "counting what happened before the start\n");
      return answer(response, 200, text, CONTENT_TYPE);
    }
    if (path === "/healthz") {
      const ailment = pages.ailment();
      return answer(response, ailment === null ? 200 : 503, `${ailment ?? "ok"}\n`);
    }
    answer(response, 404, "there is /metrics and /healthz\n");
  });
  // Longer than any scrape interval: a connection closed just as the next scrape is sent would be a failed scrape.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8") {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": body.length,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new FatalError("PORT_TAKEN", `port ${port} on ${host} is taken; set EXPORTER_PORT to another`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
}
