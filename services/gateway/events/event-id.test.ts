import { expect, test } from "vitest";
import { diagramPipeline, retrainPipeline } from "#shared/pipeline";
import { type EventPosition, formatEventId, parseEventId, streamsOf } from "./event-id.ts";

const streams = streamsOf([diagramPipeline, retrainPipeline]);

test("an id names the place in every stream that is followed", () => {
  expect(streams).toEqual(["DIAGRAM", "TASKS", "RETRAIN"]);
  const positions: EventPosition[] = [
    { DIAGRAM: 12 },
    { DIAGRAM: 0, TASKS: 7 },
    { RETRAIN: 3 },
    { TASKS: 1, RETRAIN: 2 },
  ];
  for (const position of positions)
    expect(parseEventId(formatEventId(position, streams), streams)).toEqual(position);
  expect(formatEventId({ DIAGRAM: 12, TASKS: 7 }, streams)).toBe("12-7");
  expect(parseEventId("12", streams)).toEqual({ DIAGRAM: 12 });
  expect(parseEventId(undefined, streams)).toEqual({});
});

test("what is no place is refused", () => {
  for (const text of ["x", "1-2-3-4", "-1-x", "1.5", "9".repeat(16)])
    expect(() => parseEventId(text, streams)).toThrow(expect.objectContaining({ code: "BAD_EVENT_ID" }));
});
