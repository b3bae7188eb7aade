import fc from "fast-check";
import { expect, test } from "vitest";
import { begin, commit, redo, undo } from "./history.ts";

test("undoing everything is the beginning, redoing everything is the end", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 40 }), (documents) => {
      const first = { text: "first" };
      let history = begin(first);
      for (const text of documents) history = commit(history, { text }, "edit");
      const end = history.present.document;
      for (let i = 0; i < documents.length; i++) history = undo(history);
      expect(history.present.document).toBe(first);
      expect(undo(history)).toEqual(history);
      for (let i = 0; i < documents.length; i++) history = redo(history);
      expect(history.present.document).toBe(end);
    }),
  );
});

test("doing something after an undo leaves nothing to redo", () => {
  let history = commit(commit(begin("a"), "b", "one"), "c", "two");
  history = commit(undo(history), "d", "three");
  expect(redo(history).present.document).toBe("d");
  expect(undo(history).present.document).toBe("b");
});

test("steps of one name in a row are undone together, and a change that is none is no step", () => {
  let history = begin(0);
  for (const value of [1, 2, 3]) history = commit(history, value, "nudge", "nudge");
  expect(commit(history, 3, "nothing")).toBe(history);
  expect(undo(history).present.document).toBe(0);
  // What was undone in between is a step of its own.
  const again = commit(redo(undo(history)), 4, "nudge", "nudge");
  expect(undo(again).present.document).toBe(0);
});
