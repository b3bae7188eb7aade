import { eventually } from "#test/nats";

/** A diagram as the gateway shows it. */
export interface Diagram {
  uid: string;
  name: string | null;
  state: string;
  final: boolean;
  waits: boolean;
  generation: number;
  error: { stage: string; code: string; message: string } | null;
  artifacts: Record<string, { bucket: string; key: string; size: number; digest: string }>;
  details: Record<string, unknown>;
  children: unknown[];
}

/** What the gateway answered: a value, or a problem document. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

/** How long a small sheet may take when the machine has other things to do. */
const PATIENCE_MS = 120_000;

/** The gateway as a script uses it. */
export class Api {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return answerOf<T>(await fetch(`${this.url}${path}`));
  }

  async post<T = Record<string, unknown>>(
    path: string,
    body?: Uint8Array | FormData | Record<string, unknown>,
  ): Promise<Answer<T>> {
    const json = body !== undefined && !(body instanceof Uint8Array) && !(body instanceof FormData);
    const init: RequestInit = { method: "POST" };
    if (body !== undefined) init.body = json ? JSON.stringify(body) : (body as BodyInit);
    if (json) init.headers = { "content-type": "application/json" };
    return answerOf<T>(await fetch(`${this.url}${path}`, init));
  }

  /** Hands in a drawing as a raw body. */
  submit(uid: string, bytes: Uint8Array, query: Record<string, string> = {}): Promise<Answer> {
    return this.post(`/api/diagrams?${new URLSearchParams({ uid, ...query })}`, bytes);
  }

  async diagram(uid: string): Promise<Diagram | undefined> {
    const { status, body } = await this.get<Diagram>(`/api/diagrams/${uid}`);
    return status === 200 ? body : undefined;
  }

  /**
   * Waits until a diagram is in a state; one that ended in another is told at once, with its error.
   * @param options.generation how often it has been retried: what an earlier run ended in says nothing of this one
   */
  async reached(
    uid: string,
    state: string,
    options: { generation?: number; timeoutMs?: number } = {},
  ): Promise<Diagram> {
    return eventually(
      `diagram ${uid} is ${state}`,
      async () => {
        const diagram = await this.diagram(uid);
        if (!diagram || diagram.generation < (options.generation ?? 0)) return undefined;
        if (diagram.final && diagram.state !== state)
          throw new Error(`diagram ${uid} ended as ${diagram.state}: ${JSON.stringify(diagram.error)}`);
        return diagram.state === state ? diagram : undefined;
      },
      options.timeoutMs ?? PATIENCE_MS,
    );
  }

  /** One artifact, as a browser gets it. */
  async artifact(uid: string, name: string): Promise<{ headers: Headers; bytes: Uint8Array }> {
    const response = await fetch(`${this.url}/api/diagrams/${uid}/artifacts/${name}`);
    if (!response.ok) throw new Error(`${name} of ${uid}: ${response.status} ${await response.text()}`);
    return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async artifactJson<T>(uid: string, name: string): Promise<T> {
    return JSON.parse(new TextDecoder().decode((await this.artifact(uid, name)).bytes)) as T;
  }
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  return { status: response.status, body: (await response.json()) as T };
}
