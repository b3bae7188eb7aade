import { signal } from "@preact/signals";

/** Numbers beside entries of the navigation: what wants a person. */
export const attention = signal<
  Record<string, { count: number; tone: "failure" | "waiting"; title: string } | undefined>
>({});

/** Takes the numbers from an overview. */
export function noteAttention({ deadLetters, waiting }: { deadLetters: number; waiting: number }): void {
  attention.value = {
    ...(deadLetters > 0
      ? { dead: { count: deadLetters, tone: "failure" as const, title: `${deadLetters} dead letters` } }
      : {}),
    ...(waiting > 0
      ? {
          diagrams: { count: waiting, tone: "waiting" as const, title: `${waiting} wait for a person` },
        }
      : {}),
  };
}
