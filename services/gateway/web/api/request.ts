import { mustSignIn } from "../state/signed-out.ts";
import { Problem } from "./problem.ts";

export interface RequestOptions {
  /** @default "GET" */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a Blob or ArrayBuffer as it is. */
  body?: unknown;
  query?: Query;
  signal?: AbortSignal;
}

/** Undefined, null and empty values are left out; lists are joined by commas. */
export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** `?a=1&b=x,y`, or nothing. */
export function queryString(query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : value == null ? "" : String(value);
    if (text !== "") parts.set(name, text);
  }
  const text = parts.toString();
  return text === "" ? "" : `?${text}`;
}

/**
 * Calls the gateway and gives its JSON answer.
 * @throws Problem with the gateway's code; `UNREACHABLE` when it does not answer
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = "GET", body, query, signal } = options;
  const raw = body instanceof Blob || body instanceof ArrayBuffer;
  let response: Response;
  try {
    response = await fetch(path + queryString(query), {
      method,
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? {}
        : raw
          ? { body }
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "UNREACHABLE", "The gateway does not answer.");
  }
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return json as T;
  const { code, detail, requestId } = (json ?? {}) as { code?: string; detail?: string; requestId?: string };
  if (response.status === 401) mustSignIn.value = true;
  throw new Problem(
    response.status,
    code ?? `HTTP_${response.status}`,
    detail ?? (response.statusText || `The gateway answered ${response.status}.`),
    requestId,
  );
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
export const post = <T>(path: string, body: unknown = {}): Promise<T> =>
  request<T>(path, { method: "POST", body });
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>(path, { method: "PUT", body });
export const patch = <T>(path: string, body: unknown): Promise<T> =>
  request<T>(path, { method: "PATCH", body });
export const del = <T>(path: string, query?: Query): Promise<T> =>
  request<T>(path, { method: "DELETE", ...(query ? { query } : {}) });
