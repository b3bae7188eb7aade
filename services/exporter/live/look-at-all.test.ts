import { expect, test } from "vitest";
import { lookAtAll } from "./look-at-all.ts";

interface Seen {
  queues: number;
  diagrams: number;
  retraining: number;
}

test("a look that takes longest takes nothing back of what the others saw meanwhile", async () => {
  let state: Seen = { queues: 0, diagrams: 0, retraining: 0 };
  const problems: unknown[] = [];
  let othersSeen: () => void = () => {};
  const others = new Promise<void>((resolve) => {
    othersSeen = resolve;
  });
  await lookAtAll<Seen>(
    [
      async () => {
        await others;
        return { retraining: 3 };
      },
      async () => ({ queues: 1 }),
      async () => {
        throw new Error("no tracker answers");
      },
      async () => ({ diagrams: 2 }),
    ],
    (seen) => {
      state = { ...state, ...seen };
      if (state.diagrams > 0 && state.queues > 0) othersSeen();
    },
    (error) => problems.push(error),
  );
  expect(state).toEqual({ queues: 1, diagrams: 2, retraining: 3 });
  expect(problems).toMatchObject([{ message: "no tracker answers" }]);
});
