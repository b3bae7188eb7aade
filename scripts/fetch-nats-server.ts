import { ensureNatsServer } from "#shared/nats-server";

/** Finds or fetches the embedded nats-server, so that the first start need not; one line says which one it is. */
try {
  const started = performance.now();
  const server = await ensureNatsServer({ onProgress: (line) => console.log(line) });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`nats-server: ${server.version} from ${server.source} (${server.path}, ${seconds} s)`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
}
