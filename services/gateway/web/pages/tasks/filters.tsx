import { paths } from "../../api/paths.ts";
import type { Problem } from "../../api/problem.ts";
import type { WorkersAnswer } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { SearchBox } from "../../components/search-box.tsx";
import { location, setQuery } from "../../router/location.ts";
import { declaration } from "../../state/declaration.ts";
import { SPANS } from "./filter.ts";
import { TimeRange } from "./time-range.tsx";

/** Text, stage, worker and time to choose tasks by; each is a parameter of the address. */
export function Filters({ problem }: { problem: Problem | undefined }) {
  const { query } = location.value;
  const workers = useQuery<WorkersAnswer>(paths.workers, undefined, { everyMs: 60_000 });
  const set = (name: string) => (event: { currentTarget: { value: string } }) =>
    setQuery({ [name]: event.currentTarget.value, cursor: null, page: null });
  const time = query.has("from") || query.has("to") ? "custom" : (query.get("span") ?? "");
  const worker = query.get("worker") ?? "";
  const names = [
    ...new Set([...(worker ? [worker] : []), ...(workers.data?.workers ?? []).map((w) => w.worker)]),
  ];
  return (
    <div class="filters">
      <SearchBox
        value={query.get("q") ?? ""}
        label="search in arguments, results, errors"
        placeholder='Search: words, "a phrase", args:x, result:x, error:x, -word'
        problem={problem}
        onSearch={(q) => setQuery({ q, cursor: null, page: null })}
      />
      <label class="field">
        <span>Stage</span>
        <select value={query.get("stage") ?? ""} onChange={set("stage")}>
          <option value="">any</option>
          {declaration.value?.pipelines.map((pipeline) => (
            <optgroup key={pipeline.name} label={pipeline.name}>
              {pipeline.stages.map((stage) => (
                <option key={stage.name} value={stage.name}>
                  {stage.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Worker</span>
        <select value={worker} onChange={set("worker")} class="worker-choice">
          <option value="">any</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Created</span>
        <select
          value={time}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const custom = value === "custom" ? String(Date.now() - 3_600_000) : null;
            setQuery({
              span: value === "custom" ? null : value,
              from: custom,
              to: null,
              cursor: null,
              page: null,
            });
          }}
        >
          <option value="">any time</option>
          {Object.keys(SPANS).map((span) => (
            <option key={span} value={span}>
              last {span}
            </option>
          ))}
          <option value="custom">from … to …</option>
        </select>
      </label>
      {time === "custom" && <TimeRange />}
    </div>
  );
}
