import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { hashSecret, verifySecret } from "#shared/operate";
import { ANYBODY, type Identity } from "./role.ts";
import { readSession, signSession } from "./session-cookie.ts";
import { Throttle } from "./throttle.ts";
import type { User } from "./users.ts";

/** The secrets a gateway knows. With none of them nobody has to say who they are. */
export interface Secrets {
  /** Whoever has it is `admin`. */
  token?: string;
  /** Whoever has it is `viewer`. */
  viewerToken?: string;
  users: readonly User[];
}

/** What a request brings to show who sent it. */
export interface Credentials {
  /** Header `Authorization`. */
  authorization?: string;
  /** Value of the session cookie. */
  cookie?: string;
  /** Who asks, for slowing down guesses: an address. */
  from: string;
}

/** A guess that came too soon after wrong ones. */
export class TooManyTries extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`too many wrong secrets: try again in ${Math.ceil(waitMs / 1000)} s`);
    this.waitMs = waitMs;
  }
}

/** A checked secret of a user is not stretched again for this long, ms. */
const TRUST_MS = 5 * 60_000;
const TRUSTED = 1_000;

/** Finds out who sent a request: bearer token, basic auth or session cookie. */
export class Authenticator {
  /** True when nobody has to say who they are. */
  readonly open: boolean;
  readonly #secrets: Secrets;
  readonly #throttle = new Throttle();
  /** Secrets found right a moment ago, keyed by a digest that dies with this process. */
  readonly #trusted = new Map<string, { identity: Identity; until: number }>();
  readonly #nonce = randomBytes(32);
  readonly #sessionKey: Buffer;
  #decoy: Promise<string> | undefined;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
    const { token, viewerToken, users } = secrets;
    this.open = token === undefined && viewerToken === undefined && users.length === 0;
    const known = [
      token ?? "",
      viewerToken ?? "",
      ...users.map((each) => `${each.name}:${each.role}:${each.hash}`),
    ];
    this.#sessionKey = createHash("sha256")
      .update(`penstock session\n${known.join("\n")}`)
      .digest();
  }

  /** Who sent a request; null when it does not say, or wrongly. @throws TooManyTries */
  async identify({ authorization, cookie, from }: Credentials): Promise<Identity | null> {
    if (this.open) return ANYBODY;
    const bearer = authorization?.match(/^Bearer +(\S+)$/i)?.[1];
    if (bearer !== undefined) return this.#check(bearer, from);
    const basic = authorization?.match(/^Basic +([A-Za-z0-9+/=_-]+)$/i)?.[1];
    if (basic !== undefined) return this.#check(Buffer.from(basic, "base64").toString(), from);
    return cookie === undefined ? null : readSession(this.#sessionKey, cookie);
  }

  /** Who a secret belongs to: a token, or `<name>:<secret>`. @throws TooManyTries */
  login(credentials: string, from: string): Promise<Identity | null> {
    return this.open ? Promise.resolve(ANYBODY) : this.#check(credentials, from);
  }

  /** The session cookie of somebody who logged in. */
  session(identity: Identity): string {
    return signSession(this.#sessionKey, identity);
  }

  async #check(credentials: string, from: string): Promise<Identity | null> {
    const known = this.#ofToken(credentials) ?? this.#remembered(credentials);
    if (known) return known;
    const colon = credentials.indexOf(":");
    const name = colon < 0 ? "" : credentials.slice(0, colon);
    const key = `${from} ${name.slice(0, 64)}`;
    const waitMs = this.#throttle.waitMs(key);
    if (waitMs > 0) throw new TooManyTries(waitMs);
    const identity = colon < 0 ? null : await this.#ofUser(name, credentials.slice(colon + 1));
    if (identity) {
      this.#throttle.succeeded(key);
      this.#remember(credentials, identity);
    } else this.#throttle.failed(key);
    return identity;
  }

  /** A token as it is, or as the password of basic auth, under whatever name. */
  #ofToken(credentials: string): Identity | null {
    const { token, viewerToken } = this.#secrets;
    const password = credentials.slice(credentials.indexOf(":") + 1);
    const is = (secret: string | undefined) =>
      secret !== undefined && (same(credentials, secret) || same(password, secret));
    if (is(token)) return { name: "admin", role: "admin" };
    return is(viewerToken) ? { name: "viewer", role: "viewer" } : null;
  }

  async #ofUser(name: string, secret: string): Promise<Identity | null> {
    const user = this.#secrets.users.find((each) => each.name === name);
    // A name nobody has takes as long as one somebody has.
    this.#decoy ??= hashSecret(randomBytes(16).toString("hex"));
    const right = await verifySecret(secret, user?.hash ?? (await this.#decoy));
    return user && right ? { name: user.name, role: user.role } : null;
  }

  #digest(credentials: string): string {
    return createHmac("sha256", this.#nonce).update(credentials).digest("base64");
  }

  #remembered(credentials: string): Identity | null {
    const found = this.#trusted.get(this.#digest(credentials));
    return found && found.until > Date.now() ? found.identity : null;
  }

  #remember(credentials: string, identity: Identity): void {
    if (this.#trusted.size >= TRUSTED) this.#trusted.clear();
    this.#trusted.set(this.#digest(credentials), { identity, until: Date.now() + TRUST_MS });
  }
}

/** Compares without telling by its time how much was right. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
