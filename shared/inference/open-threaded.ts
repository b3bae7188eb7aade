import { Worker } from "node:worker_threads";
import type { Ran, Session, SessionOptions } from "./session.ts";
import type { FromThread, Opening, ToThread } from "./thread-messages.ts";

/**
 * Loads a model file in a thread of its own, so that this one is free while it computes. Buffers of runs go there and come
 * back without a copy: whoever hands one over uses what the run gives back. A thread that dies takes the process with it, as a
 * session on this thread would.
 * @throws Error what is wrong with the file
 */
export async function openThreaded(path: string, options: SessionOptions): Promise<Session> {
  const thread = startThread({ path, options });
  /** Answers come in the order of the questions. */
  const waiting: { resolve(answer: FromThread): void; reject(error: Error): void }[] = [];
  thread.on("message", (answer: FromThread) => {
    const { resolve, reject } = waiting.shift()!;
    if (waiting.length === 0) thread.unref();
    if (answer.error === undefined) resolve(answer);
    else reject(new Error(answer.error));
  });
  const answer = () =>
    new Promise<FromThread>((resolve, reject) => {
      waiting.push({ resolve, reject });
      thread.ref();
    });
  const end = async () => {
    const ended = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
    thread.ref();
    thread.postMessage({} satisfies ToThread);
    await ended;
  };
  const { opened } = await answer();
  return {
    ...opened!,
    apart: true,
    async run(input, into) {
      const question: ToThread = { input, ...(into && { into }) };
      const moved = [input.data.buffer, ...(into ? [into.data.buffer] : [])];
      thread.postMessage(question, moved as ArrayBuffer[]);
      return (await answer()).ran as Ran;
    },
    release: end,
  };
}

/** `session-thread.js` beside this file, or `.ts` through tsx when running from source: Node 20 gives threads no loaders. */
function startThread(workerData: Opening): Worker {
  const typescript = import.meta.url.endsWith(".ts");
  const url = new URL(typescript ? "./session-thread.ts" : "./session-thread.js", import.meta.url);
  if (!typescript) return new Worker(url, { workerData });
  const tsx = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const code = `import(${tsx}).then(({ register }) => register() && import(${JSON.stringify(url.href)}))`;
  return new Worker(code, { eval: true, execArgv: [], workerData });
}
