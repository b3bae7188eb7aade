import { askToken } from "./login.js";

/** What the gateway refused, in its own words. */
export class Refused extends Error {
  constructor(problem, status) {
    super(problem.detail ?? `the gateway answered ${status}`);
    this.code = problem.code;
    this.status = status;
  }
}

/** Calls the API; asks for the token when it is wanted. */
export async function api(path, options = {}) {
  const response = await fetch(path, options);
  if (response.status === 401) {
    await askToken();
    return api(path, options);
  }
  if (response.ok) return response.headers.get("content-type")?.includes("json") ? response.json() : response;
  const problem = await response.json().catch(() => ({}));
  throw new Refused(problem, response.status);
}

/** Sends JSON. */
export const send = (path, body = {}, method = "POST") =>
  api(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
