import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelName } from "#shared/messages";
import { checkModel } from "./check-model.ts";
import { tryModel } from "./try-model.ts";

const fixture = (name: string) => resolve(`test/fixtures/models/${name}.onnx`);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-check-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a model of one's own", () => {
  it.each([
    ["YOLOv8, fixed size", "detector", [null, 6, 16]],
    ["YOLOv8, any size", "detector-dynamic", [1, 6, null]],
    ["end to end", "detector-end-to-end", [1, 300, 6]],
  ])("may be a detector laid out as %s", async (_layout, file, output) => {
    const tried = await tryModel("detector", fixture(file));
    expect(tried.card.names).toEqual(["gate_valve", "centrifugal_pump"]);
    expect(tried.output).toEqual(output);
  });

  it("may get its class names from beside", async () => {
    const tried = await tryModel("detector", fixture("detector-yolov5"), { names: ["valve", "pump"] });
    expect(tried.card.names).toEqual(["valve", "pump"]);
    expect(tried.output).toEqual([1, 16, 7]);
  });

  it.each(["segmenter", "segmenter-mask", "segmenter-softmaxed", "segmenter-bytes"])(
    "may be the segmenter %s",
    async (file) => {
      expect((await tryModel("segmenter", fixture(file))).input).toHaveLength(4);
    },
  );
});

describe("a file that is no usable model", () => {
  const refused = async (name: ModelName, path: string, text: RegExp, names?: string[]) => {
    const error = await tryModel(name, path, names ? { names } : {}).catch((caught) => caught);
    expect(error).toMatchObject({ code: "MODEL_INVALID" });
    expect(error.message).toMatch(text);
  };

  it("is refused when its weights are no numbers", () =>
    refused("detector", fixture("useless-nan"), /weights "weights" hold NaN.*diverged/));

  it("is refused when what it gives is no number", () =>
    refused("detector", fixture("useless-infinite"), /output holds (Infinity|NaN)/));

  it("is refused when it is another model", async () => {
    await refused("segmenter", fixture("detector"), /input is float32 \[n, 3|output is float32 \[n, 6, 16\]/);
    await refused("classification", fixture("detector"), /input is float32/);
  });

  it("is refused when its output does not go with its names", () =>
    refused("detector", fixture("detector-yolov5"), /detector of 4 classes gives .*\[1, 16, 7\]/, [
      "a",
      "b",
      "c",
      "d",
    ]));

  it("is refused when it names no classes", () =>
    refused("detector", fixture("detector-nameless"), /names no classes/));

  it("is refused when its mask is not as large as its tile", () =>
    refused("segmenter", fixture("useless-half"), /32 × 32 pixels for a tile of 64 × 64/));

  it("is refused when it gives bytes and does not say what they count, or where nobody expects bytes", async () => {
    await refused(
      "segmenter",
      fixture("useless-bytes"),
      /output is bytes, and its metadata names no logit_step/,
    );
    await refused("detector", fixture("segmenter-bytes"), /uint8/);
  });

  it("is refused when it is not ONNX, cut short or empty", async () => {
    const path = join(folder, "x.onnx");
    for (const bytes of [Buffer.from("GIF89a"), (await readFile(fixture("junction"))).subarray(0, 4000)]) {
      await writeFile(path, bytes);
      await refused("classification", path, /./);
    }
    await writeFile(path, "");
    await refused("detector", path, /no ONNX model/);
  });
});

describe("the process a file is tried in", () => {
  it("says what it found, or why the file is refused", async () => {
    expect(await checkModel("detector", fixture("detector"))).toMatchObject({ output: [null, 6, 16] });
    await expect(checkModel("detector", fixture("useless-nan"))).rejects.toMatchObject({
      code: "MODEL_INVALID",
      reason: "invalid",
      message: expect.stringMatching(/no usable detector: .*NaN/),
    });
  });

  it("is ended with the file when one run never ends", () =>
    expect(checkModel("segmenter", fixture("useless-endless"), { limitMs: 10_000 })).rejects.toMatchObject({
      message: expect.stringMatching(/not opened and run once within 10 s/),
    }));
});
