import { HttpProblem } from "./problem.ts";

/** One part of a multipart body; its bytes must be read before the next part is asked for. */
export interface Part {
  name: string;
  filename?: string;
  bytes: AsyncGenerator<Buffer, void>;
}

const CRLF2 = Buffer.from("\r\n\r\n");
const HEADER_MAX = 8 * 1024;
const PARTS_MAX = 50;

const bad = (detail: string) => new HttpProblem(400, "BAD_MULTIPART", detail);

/**
 * The boundary named by a Content-Type, or undefined when it is no multipart/form-data.
 * @throws HttpProblem `BAD_MULTIPART` when it names none
 */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!contentType || !/^multipart\/form-data\b/i.test(contentType)) return undefined;
  const match = contentType.match(/boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw bad("the multipart body names no boundary");
  return boundary;
}

/**
 * Reads multipart/form-data (RFC 7578) as it comes, holding no more than one chunk and a boundary's length.
 * @throws HttpProblem `BAD_MULTIPART`
 */
export async function* parseMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part, void> {
  const source = body[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // A line break before the first boundary, so that all boundaries look alike.
  let held: Buffer = Buffer.from("\r\n");
  const more = async () => {
    const { done, value } = await source.next();
    if (done) throw bad("the multipart body ends before its last boundary");
    held =
      held.byteLength === 0
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        : Buffer.concat([held, value]);
  };

  /** Bytes up to the next boundary, which is consumed too. */
  async function* untilBoundary(): AsyncGenerator<Buffer, void> {
    for (;;) {
      const at = held.indexOf(delimiter);
      if (at >= 0) {
        const last = held.subarray(0, at);
        held = held.subarray(at + delimiter.byteLength);
        if (last.byteLength > 0) yield last;
        return;
      }
      // The tail may be the beginning of a boundary.
      const sure = held.byteLength - delimiter.byteLength + 1;
      if (sure > 0) {
        const ready = held.subarray(0, sure);
        held = held.subarray(sure);
        yield ready;
      }
      await more();
    }
  }

  for await (const _preamble of untilBoundary()) void _preamble;
  for (let parts = 0; ; parts++) {
    while (held.byteLength < 2) await more();
    if (held.subarray(0, 2).toString("latin1") === "--") return;
    if (parts === PARTS_MAX) throw bad(`the multipart body has more than ${PARTS_MAX} parts`);
    let end = held.indexOf(CRLF2);
    while (end < 0) {
      if (held.byteLength > HEADER_MAX) throw bad(`the headers of a part have more than ${HEADER_MAX} bytes`);
      await more();
      end = held.indexOf(CRLF2);
    }
    const head = partHead(held.subarray(0, end).toString("utf8"));
    held = held.subarray(end + CRLF2.byteLength);
    // An empty part's boundary follows its headers at once, sharing their line break.
    held = Buffer.concat([Buffer.from("\r\n"), held]);
    const bytes = withoutFirstBreak(untilBoundary());
    yield { ...head, bytes };
    // What the caller left unread.
    for await (const _rest of bytes) void _rest;
  }
}

/** Takes away the line break put in front of a part's bytes. */
async function* withoutFirstBreak(bytes: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  let skip = 2;
  for await (const chunk of bytes) {
    const rest = chunk.subarray(skip);
    skip -= chunk.byteLength - rest.byteLength;
    if (rest.byteLength > 0) yield rest;
  }
}

function partHead(text: string): { name: string; filename?: string } {
  const disposition = text.split("\r\n").find((line) => /^content-disposition:/i.test(line)) ?? "";
  const quoted = (field: string) => {
    const value = disposition.match(new RegExp(`[;\\s]${field}="((?:[^"\\\\]|\\\\.)*)"`, "i"))?.[1];
    // Browsers write %22 for a quote and %0D%0A for a line break, and leave the rest alone (WHATWG).
    return value
      ?.replace(/%22/g, '"')
      .replace(/%0D/gi, "\r")
      .replace(/%0A/gi, "\n")
      .replace(/\\(["\\])/g, "$1");
  };
  const name = quoted("name");
  if (name === undefined) throw bad("a part of the multipart body has no name");
  const filename = quoted("filename");
  return filename === undefined ? { name } : { name, filename };
}

/**
 * A part's text.
 * @throws HttpProblem `BAD_MULTIPART` over the limit or not UTF-8
 */
export async function partText(part: Part, maxBytes = 64 * 1024): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part.bytes) {
    size += chunk.byteLength;
    if (size > maxBytes) throw bad(`field "${part.name.slice(0, 40)}" has more than ${maxBytes} bytes`);
    chunks.push(Buffer.from(chunk));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw bad(`field "${part.name.slice(0, 40)}" is not UTF-8`);
  }
}
