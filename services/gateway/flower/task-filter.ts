import type { QueryInput, TaskSort } from "#shared/history";
import { allPipelines, allStages, parseTask, Refusal } from "#shared/operate";
import type { Stage } from "#shared/pipeline";
import { HttpProblem } from "../http/problem.ts";
import { statesOf } from "./flower-task.ts";

type Query = QueryInput<"tasks.list">;

/** The stage a task name means: `ingest`, or `diagram.ingest`. */
export const stageCalled = (name: string): Stage | undefined =>
  allStages().find((stage) => name === stage.name || name === `${stage.pipeline}.${stage.name}`);

/** As {@link stageCalled}. @throws HttpProblem `TASK_UNKNOWN` */
export function knownTask(name: string): Stage {
  const stage = stageCalled(name);
  if (stage) return stage;
  throw new HttpProblem(404, "TASK_UNKNOWN", `Unknown task '${name.slice(0, 100)}'`);
}

const SORTS: Record<string, TaskSort> = {
  name: "stage",
  "-name": "-stage",
  state: "state",
  "-state": "-state",
  received: "received",
  "-received": "-received",
  started: "started",
  "-started": "-started",
};

/** What `GET /api/tasks` of Flower asks for, as a query of ours; null when nothing can match. */
export function taskFilter(found: Map<string, string>): Query | null {
  const query: Query = { full: true };
  const given = (name: string) => {
    const value = found.get(name);
    return value === undefined || value === "" || value === "All" ? undefined : value;
  };
  const sortBy = given("sort_by");
  if (sortBy !== undefined) {
    const sort = SORTS[sortBy];
    if (!sort) throw new HttpProblem(400, "BAD_REQUEST", "sort_by: one of name, state, received, started");
    query.sort = sort;
  }
  const worker = given("workername");
  if (worker !== undefined) query.worker = worker;
  const name = given("taskname");
  if (name !== undefined) {
    const stage = stageCalled(name);
    if (!stage) return null;
    query.stage = stage.name;
  }
  const state = given("state");
  if (state !== undefined) query.state = statesOf(state);
  const from = given("received_start");
  if (from !== undefined) query.receivedFrom = localTime(from, "received_start");
  const to = given("received_end");
  if (to !== undefined) query.receivedTo = localTime(to, "received_end");
  const search = given("search");
  if (search !== undefined) applySearch(query, search);
  return Array.isArray(query.state) && query.state.length === 0 ? null : query;
}

/** `%Y-%m-%d %H:%M` in the time zone of this process, as Flower has it. */
function localTime(text: string, name: string): number {
  const match = text.match(/^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{2})$/);
  if (!match) throw new HttpProblem(400, "BAD_REQUEST", `${name}: reads YYYY-MM-DD HH:MM`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return new Date(year, month - 1, day, hour, minute).getTime();
}

/**
 * Flower's search terms: `state:X`, `args:x`, `kwargs:name=value`, `result:x`, and anything else; in quotes with spaces.
 * All must match. A term that is the name of a task, or a task's id, narrows to it.
 */
function applySearch(query: Query, search: string): void {
  const words: string[] = [];
  for (const [term] of search.matchAll(/(?:[^\s,"]|"(?:\\.|[^"])*")+/g)) {
    const [, field = "", rest = ""] = term.match(/^(?:(state|args|kwargs|result):)?(.*)$/s) ?? [];
    const value = rest.replace(/^[" ]+|[" ]+$/g, "");
    if (value === "") continue;
    if (field === "state") query.state = statesOf(value);
    else if (field === "result") words.push(`result:"${value}"`);
    else if (field === "args" || field === "kwargs") words.push(`args:"${value.replace("=", " ")}"`);
    else if (stageCalled(value)) query.stage = (stageCalled(value) as Stage).name;
    else if (runOf(value) !== undefined) query.run = runOf(value) as string;
    else words.push(`"${value}"`);
  }
  if (words.length > 0) query.q = words.join(" ");
}

function runOf(id: string): string | undefined {
  try {
    return parseTask(allPipelines, id).run;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
