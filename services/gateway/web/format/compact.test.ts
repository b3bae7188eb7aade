import { expect, it } from "vitest";
import { compact } from "./compact.ts";

it("shows JSON without its marks and without the run's id, also when it is cut short", () => {
  expect(compact('{"uid":"a-1","name":"pump.png","sheet":{"widthPx":2400},"url":"http://x/y"}')).toBe(
    "name: pump.png, sheet: widthPx: 2400, url: http://x/y",
  );
  expect(compact('{"uid":"a-1","name":"pum')).toBe("name: pum");
});

it("leaves other text alone", () => {
  expect(compact("tile 3 of {12}")).toBe("tile 3 of {12}");
});
