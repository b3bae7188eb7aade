import { useEffect, useState } from "preact/hooks";
import { asProblem, type Problem } from "../../api/problem.ts";
import { get } from "../../api/request.ts";
import type { RunDetail } from "../../api/types.ts";
import { diagramPaths } from "./diagram-paths.ts";

/** A JSON artifact of a diagram, fetched when it is wanted and again when it is another one. */
export function useArtifact<T>(
  run: RunDetail | undefined,
  name: string | undefined,
  wanted = true,
): { data: T | undefined; problem: Problem | undefined } {
  const digest = name === undefined ? undefined : run?.artifacts[name]?.digest;
  const key = run && name && digest && wanted ? `${run.uid} ${name} ${digest}` : null;
  const [state, setState] = useState<{ key: string; data?: T; problem?: Problem }>({ key: "" });
  useEffect(() => {
    if (key === null || !run || !name || state.key === key) return;
    const stop = new AbortController();
    get<T>(diagramPaths.artifact(run.uid, name), undefined, stop.signal).then(
      (data) => setState({ key, data }),
      (error) => {
        if (!stop.signal.aborted) setState({ key, problem: asProblem(error) });
      },
    );
    return () => stop.abort();
  }, [key]);
  return state.key === key
    ? { data: state.data, problem: state.problem }
    : { data: undefined, problem: undefined };
}
