import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type LiveFilter, onLive } from "../state/live.ts";
import { asProblem, type Problem } from "./problem.ts";
import { get, type Query, queryString } from "./request.ts";

export interface QueryOptions {
  /** Asks again when such a live event comes, at most once per `calmMs`. */
  live?: LiveFilter;
  /** @default 1000 */
  calmMs?: number;
  /** Asks again this often while the page is seen; 0: never. @default 15000 */
  everyMs?: number;
}

export interface QueryState<T> {
  /** The last good answer, kept while a new one is on its way and when it fails. */
  data: T | undefined;
  problem: Problem | undefined;
  /** Nothing has come yet. */
  loading: boolean;
  /** An answer to another question is still shown. */
  stale: boolean;
  refresh(): void;
}

/**
 * What the gateway says at a path, kept fresh: on live events, now and then, and when the page is looked at again.
 * `null` asks nothing.
 */
export function useQuery<T>(path: string | null, query?: Query, options: QueryOptions = {}): QueryState<T> {
  const { live, calmMs = 1_000, everyMs = 15_000 } = options;
  const key = path === null ? null : path + queryString(query);
  const [state, setState] = useState<{ key: string | null; data?: T; problem?: Problem }>({ key: null });
  const wish = useRef<() => void>(() => {});

  useEffect(() => {
    if (key === null) return;
    let over = false;
    let running: AbortController | undefined;
    let again = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;

    const ask = async () => {
      if (running) {
        again = true;
        return;
      }
      const mine = new AbortController();
      running = mine;
      last = Date.now();
      try {
        const data = await get<T>(key, undefined, mine.signal);
        if (running === mine) setState({ key, data });
      } catch (error) {
        if (running === mine) setState((old) => ({ ...old, problem: asProblem(error) }));
      } finally {
        if (running === mine) running = undefined;
        if (running === undefined && again && !over) {
          again = false;
          calmly();
        }
      }
    };
    const calmly = () => {
      if (timer !== undefined || document.hidden) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          ask();
        },
        Math.max(0, last + calmMs - Date.now()),
      );
    };
    // Somebody has just changed something: an answer under way may be from before that.
    wish.current = () => {
      clearTimeout(timer);
      timer = undefined;
      running?.abort();
      running = undefined;
      ask();
    };
    const seen = () => {
      if (!document.hidden) calmly();
    };
    ask();
    const off = live ? onLive(live, calmly) : undefined;
    const interval = everyMs > 0 ? setInterval(calmly, everyMs) : undefined;
    document.addEventListener("visibilitychange", seen);
    return () => {
      over = true;
      running?.abort();
      running = undefined;
      clearTimeout(timer);
      clearInterval(interval);
      off?.();
      document.removeEventListener("visibilitychange", seen);
    };
    // The filter's parts, so that a filter written inline does not ask anew on every rendering.
  }, [key, calmMs, everyMs, JSON.stringify(live)]);

  const refresh = useCallback(() => wish.current(), []);
  return {
    data: state.data,
    problem: state.problem,
    loading: state.data === undefined && state.problem === undefined,
    stale: state.key !== key,
    refresh,
  };
}
