/** The thread a session lies in (`open-threaded.ts`): loads one model, then runs what it is sent, in order. */
import { parentPort, workerData } from "node:worker_threads";
import { openSession } from "./open-session.ts";
import type { FromThread, Opening, ToThread } from "./thread-messages.ts";

const port = parentPort!;
const say = (message: FromThread, moved: ArrayBufferLike[] = []) =>
  port.postMessage(message, moved as ArrayBuffer[]);
const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

const { path, options } = workerData as Opening;
try {
  const session = await openSession(path, options);
  port.on("message", async ({ input, into }: ToThread) => {
    if (!input) {
      await session.release();
      port.close();
      return;
    }
    try {
      const ran = await session.run(input, into);
      say({ ran }, [ran.input.buffer, ran.data.buffer]);
    } catch (error) {
      say({ error: sentence(error) });
    }
  });
  say({ opened: { inputs: session.inputs, output: session.output } });
} catch (error) {
  say({ error: sentence(error) });
}
