import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Cost of a new hash: 32 MB and some 60 ms a guess (RFC 7914; N = 2^15, r = 8, p = 1). */
const COST = { N: 2 ** 15, r: 8, p: 1 };
/** Costs above these are refused: a hash is checked for whoever knocks. */
const MOST = { N: 2 ** 20, r: 32, p: 16, bytes: 256 * 1024 * 1024 };
const KEY_BYTES = 32;

interface Hash {
  cost: typeof COST;
  salt: Buffer;
  key: Buffer;
}

/** A secret as it may lie in a file: `scrypt.<N>.<r>.<p>.<salt>.<key>`, salt and key in base64url. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await stretch(secret, { cost: COST, salt, key: Buffer.alloc(KEY_BYTES) });
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join(".");
}

/** True for a text {@link hashSecret} made. */
export const isSecretHash = (text: string): boolean => parse(text) !== null;

/** True when a secret is the one a hash was made of; takes as long either way. A hash that is none is never right. */
export async function verifySecret(secret: string, hash: string): Promise<boolean> {
  const parsed = parse(hash);
  if (!parsed) return false;
  return timingSafeEqual(await stretch(secret, parsed), parsed.key);
}

function stretch(secret: string, { cost, salt, key }: Hash): Promise<Buffer> {
  const maxmem = 128 * cost.N * cost.r + 1024 * 1024;
  return derive(secret.normalize("NFC"), salt, key.byteLength, { ...cost, maxmem });
}

function parse(text: string): Hash | null {
  const match = text.match(/^scrypt\.(\d{1,8})\.(\d{1,3})\.(\d{1,3})\.([\w-]{16,100})\.([\w-]{32,100})$/);
  if (!match) return null;
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const sound = N > 1 && Number.isInteger(Math.log2(N)) && r > 0 && p > 0;
  if (!sound || N > MOST.N || r > MOST.r || p > MOST.p || 128 * N * r > MOST.bytes) return null;
  const [salt, key] = [match[4] as string, match[5] as string].map((part) => Buffer.from(part, "base64url"));
  return { cost: { N, r, p }, salt: salt as Buffer, key: key as Buffer };
}
