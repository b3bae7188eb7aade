import fc from "fast-check";
import { expect, test } from "vitest";
import { Coco } from "#shared/messages";
import { begin, commit, undo } from "../edit/history.ts";
import { addBox, confirmBoxes, moveBoxes, relabel, removeBoxes, setBox } from "./box-commands.ts";
import { type BoxDocument, className, fromCoco, toCoco } from "./box-document.ts";
import { boxAt, boxesWithin, dragHandle, handleAt } from "./box-hits.ts";

const coco = (): Coco => ({
  images: [{ id: 1, file_name: "sheet.png", width: 200, height: 100 }],
  categories: [
    { id: 0, name: "gate_valve" },
    { id: 4, name: "pump" },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 0, bbox: [10, 10, 20, 10], score: 0.4 },
    { id: 2, image_id: 1, category_id: 4, bbox: [100, 20, 60, 60], score: 0.9 },
    { id: 3, image_id: 1, category_id: 0, bbox: [110, 30, 20, 10], score: 0.7 },
  ],
});

const command: fc.Arbitrary<(document: BoxDocument) => BoxDocument> = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: -300, max: 300 }),
      fc.subarray([1, 2, 3], { minLength: 1 }),
    )
    .map(
      ([dx, dy, ids]) =>
        (document: BoxDocument) =>
          document.boxes.some((box) => ids.includes(box.id)) ? moveBoxes(document, ids, dx, dy) : document,
    ),
  fc
    .tuple(
      fc.constantFrom(1, 2, 3),
      fc.tuple(
        ...([0, 0, 0, 0].map(() => fc.integer({ min: -50, max: 260 })) as [
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
        ]),
      ),
    )
    .map(
      ([id, bbox]) =>
        (document: BoxDocument) =>
          setBox(document, id, bbox),
    ),
  fc.constantFrom(1, 2, 3).map((id) => (document: BoxDocument) => removeBoxes(document, [id])),
  fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom("pump", "compressor")).map(
    ([id, name]) =>
      (document: BoxDocument) =>
        relabel(document, [id], name),
  ),
  fc
    .constantFrom("pump", "filter")
    .map((name) => (document: BoxDocument) => addBox(document, [5, 5, 500, 2], name).document),
  fc.constantFrom(1, 2, 3).map((id) => (document: BoxDocument) => confirmBoxes(document, [id])),
);

test("whatever is done, undoing it gives the boxes as they were", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const first = fromCoco(coco());
      const untouched = structuredClone(first);
      let history = begin(first);
      for (const each of commands) history = commit(history, each(history.present.document), "edit");
      while (history.past.length > 0) history = undo(history);
      expect(history.present.document).toEqual(untouched);
    }),
  );
});

test("whatever is done, what is handed in is right COCO with every box on the sheet and ids used once", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const document = commands.reduce((now, each) => each(now), fromCoco(coco()));
      const handed = Coco.parse(JSON.parse(JSON.stringify(toCoco(document, { scores: false }))));
      expect(new Set(handed.annotations.map(({ id }) => id)).size).toBe(handed.annotations.length);
      for (const {
        bbox: [x, y, w, h],
        score,
      } of handed.annotations) {
        expect(score).toBeUndefined();
        expect([x >= 0, y >= 0, x + w <= 200, y + h <= 100, w >= 4, h >= 4]).toEqual(Array(6).fill(true));
      }
    }),
  );
});

test("a draft keeps the scores of what nobody has touched", () => {
  const document = relabel(setBox(fromCoco(coco()), 1, [0, 0, 9, 9]), [3], "pump");
  const again = fromCoco(Coco.parse(JSON.parse(JSON.stringify(toCoco(document, { scores: true })))));
  expect(again).toEqual(document);
  expect(again.boxes.map(({ score }) => score)).toEqual([null, 0.9, null]);
});

test("a class the file does not have gets the next category", () => {
  const { document, id } = addBox(fromCoco(coco()), [1, 1, 10, 10], "compressor");
  const added = document.boxes.find((box) => box.id === id)!;
  expect([added.categoryId, className(document, added)]).toEqual([5, "compressor"]);
});

test("boxes moved together stop together at the edge of the sheet", () => {
  const moved = moveBoxes(fromCoco(coco()), [1, 2], 1000, -1000);
  expect(moved.boxes.slice(0, 2).map(({ bbox }) => bbox)).toEqual([
    [50, 0, 20, 10],
    [140, 10, 60, 60],
  ]);
});

test("of boxes over each other the smallest is hit; a frame takes what is wholly within", () => {
  const { boxes } = fromCoco(coco());
  expect(boxAt(boxes, [115, 35])?.id).toBe(3);
  expect(boxAt(boxes, [150, 70])?.id).toBe(2);
  expect(boxAt(boxes, [32, 15])).toBeNull();
  expect(boxAt(boxes, [32, 15], 3)?.id).toBe(1);
  expect(boxesWithin(boxes, [95, 15, 70, 70]).map(({ id }) => id)).toEqual([2, 3]);
});

test("a handle drags its sides, past the other side too", () => {
  expect(handleAt([10, 10, 20, 10], [31, 9], 3)).toBe("ne");
  expect(handleAt([10, 10, 20, 10], [20, 15], 3)).toBeNull();
  expect(dragHandle([10, 10, 20, 10], "ne", [40, 5])).toEqual([10, 5, 30, 15]);
  expect(dragHandle([10, 10, 20, 10], "w", [50, 0])).toEqual([30, 10, 20, 10]);
});

test("the id of a deleted box is not given to another, not even after a draft was read back", () => {
  const left = removeBoxes(fromCoco(coco()), [3]);
  const again = fromCoco(Coco.parse(JSON.parse(JSON.stringify(toCoco(left, { scores: true })))));
  expect(addBox(again, [1, 1, 10, 10], "pump").id).toBe(4);
});
