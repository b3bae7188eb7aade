import { HttpProblem } from "./problem.ts";

/**
 * A request's body in memory, given up as soon as it is over the limit.
 * @throws HttpProblem 413 with the given code
 */
export async function readLimited(request: Request, maxBytes: number, code: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const refuse = () =>
    new HttpProblem(413, code, `the body has more than ${maxBytes} bytes, which is the limit`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw refuse();
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw refuse();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
