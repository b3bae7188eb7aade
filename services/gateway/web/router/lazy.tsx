import { type ComponentType, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Loading } from "../components/states.tsx";

/** A component whose code comes when it is first shown. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, ready] = useState(0);
    const [problem, fail] = useState<Problem>();
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          ready(1);
        },
        (error) => fail(asProblem(error)),
      );
    }, []);
    if (loaded) return h(loaded, props);
    if (problem) return <ProblemNote problem={problem} retry={() => globalThis.location.reload()} />;
    return <Loading />;
  };
}
