import { useMemo } from "preact/hooks";
import { useQuery } from "../../api/use-query.ts";
import { diagramPaths } from "../api/diagram-paths.ts";

/** Likely classes of a box, the likeliest first, and the family it looks like while nobody has named it. */
export interface Suggestion {
  classes: readonly { class: string; score: number }[];
  family: string | null;
}

/** By the box's id. */
export type Suggestions = ReadonlyMap<number, Suggestion>;

interface Answer {
  suggestions: {
    id: number;
    classes: { class: string; score: number }[];
    family: { name: string } | null;
  }[];
}

/** What learned models would say about the boxes; empty until some were promoted. */
export function useSuggestions(uid: string, wanted: boolean): Suggestions {
  const { data } = useQuery<Answer>(wanted ? diagramPaths.suggestions(uid) : null, undefined, { everyMs: 0 });
  return useMemo(
    () =>
      new Map(
        (data?.suggestions ?? []).map(({ id, classes, family }) => [
          id,
          { classes, family: family?.name ?? null },
        ]),
      ),
    [data],
  );
}
