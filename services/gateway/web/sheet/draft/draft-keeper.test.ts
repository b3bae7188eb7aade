import { expect, test, vi } from "vitest";
import { Problem } from "../../api/problem.ts";
import { createDraftKeeper, type DraftState } from "./draft-keeper.ts";

/** Tried again until it holds; the second that vitest waits is little on a busy machine. */
const soon = (holds: () => unknown) => vi.waitFor(holds, { timeout: 30_000, interval: 5 });

function keeper(
  put: (text: string, revision: number | undefined) => Promise<{ revision: number; at: number }>,
) {
  const states: DraftState["kind"][] = [];
  let text = "";
  const kept = createDraftKeeper({
    encode: async () => new Blob([text]),
    put: async (body, revision) => put(await body.text(), revision),
    revision: 0,
    onState: (state) => states.push(state.kind),
    calmMs: 20,
    againMs: 20,
  });
  const edit = (next: string) => {
    text = next;
    kept.touch();
  };
  return { kept, edit, states };
}

test("several changes in a row are saved once, as they are at last, on top of the revision that is known", async () => {
  const put = vi.fn(async (_text: string, revision: number | undefined) => ({
    revision: (revision ?? 0) + 7,
    at: 1,
  }));
  const { kept, edit, states } = keeper(put);
  edit("a");
  edit("ab");
  await soon(() => expect(kept.state.kind).toBe("saved"));
  edit("abc");
  await soon(() => expect(put).toHaveBeenCalledTimes(2));
  expect(put.mock.calls).toEqual([
    ["ab", 0],
    ["abc", 7],
  ]);
  expect(states.slice(0, 3)).toEqual(["dirty", "dirty", "saving"]);
});

test("a change while a save is on its way is saved after it", async () => {
  const held: (() => void)[] = [];
  const put = vi.fn(
    (_text: string, revision: number | undefined) =>
      new Promise<{ revision: number; at: number }>((resolve) =>
        held.push(() => resolve({ revision: (revision ?? 0) + 1, at: 1 })),
      ),
  );
  const { kept, edit } = keeper(put);
  edit("a");
  await soon(() => expect(held).toHaveLength(1));
  edit("b");
  held[0]!();
  await soon(() => expect(held).toHaveLength(2));
  held[1]!();
  await soon(() => expect(kept.state.kind).toBe("saved"));
  expect(put.mock.calls.map(([text]) => text)).toEqual(["a", "b"]);
});

test("a gateway that is away is asked again, a conflict is not", async () => {
  const put = vi
    .fn<(text: string, revision: number | undefined) => Promise<{ revision: number; at: number }>>()
    .mockRejectedValueOnce(new Problem(0, "UNREACHABLE", "away"))
    .mockRejectedValueOnce(new Problem(409, "DRAFT_CHANGED", "somebody else"))
    .mockResolvedValue({ revision: 9, at: 1 });
  const { kept, edit, states } = keeper(put);
  edit("a");
  await soon(() => expect(kept.state.kind).toBe("conflict"));
  expect(states).toContain("failed");
  edit("b");
  expect(kept.state.kind).toBe("conflict");
  expect(put).toHaveBeenCalledTimes(2);
  kept.overwrite();
  await soon(() => expect(kept.state.kind).toBe("saved"));
  expect(put.mock.calls.at(-1)).toEqual(["b", undefined]);
});

test("flushing saves at once, and what is stopped saves nothing", async () => {
  const put = vi.fn(async () => ({ revision: 1, at: 1 }));
  const { kept, edit } = keeper(put);
  edit("a");
  await kept.flush();
  expect(put).toHaveBeenCalledTimes(1);
  edit("b");
  await kept.stop();
  await kept.flush();
  expect(put).toHaveBeenCalledTimes(1);
});
