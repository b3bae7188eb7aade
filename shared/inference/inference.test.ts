import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findModel } from "./find-model.ts";
import { modelCard, parseNames } from "./model-card.ts";
import { readOnnxFile } from "./onnx-file.ts";
import { type OpenModelOptions, openModel } from "./open-model.ts";
import { runBatches } from "./run-batches.ts";

const fixture = (name: string) => resolve(`test/fixtures/models/${name}.onnx`);
const image = { input: [null, 3, null, null], output: [null, null, null] } as const;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "penstock-models-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a model's own words", () => {
  it("are read from its metadata", async () => {
    await using model = await openModel({ path: fixture("detector"), ...image });
    expect(model.card).toEqual({ names: ["gate_valve", "centrifugal_pump"], inputPx: 128, slicePx: 256 });
    expect(model.inputDims).toEqual([null, 3, 128, 128]);
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("come from a sidecar, then from classes.yaml, when the model names no classes", async () => {
    const path = join(folder, "mine.onnx");
    await copyFile(fixture("detector-nameless"), path);
    const names = async () => {
      await using model = await openModel({ path, ...image });
      return model.card.names;
    };
    expect(await names()).toEqual([]);
    await writeFile(join(folder, "classes.yaml"), "names:\n  0: a\n  1: b\n");
    expect(await names()).toEqual(["a", "b"]);
    await writeFile(
      join(folder, "mine.json"),
      '{"names":["c","d"],"slicePx":512,"multipleOf":64,"scoreThreshold":0.4}',
    );
    expect(await names()).toEqual(["c", "d"]);
    await using model = await openModel({ path, ...image });
    expect(model.card).toMatchObject({ slicePx: 512, multiplePx: 64, threshold: 0.4 });
    await writeFile(join(folder, "mine.json"), '{"names":["c","d"],"input":{"multipleOf":128}}');
    await using ours = await openModel({ path, ...image });
    expect(ours.card.multiplePx).toBe(128);
    await writeFile(join(folder, "mine.json"), "{");
    await expect(names()).rejects.toMatchObject({ code: "MODEL_INVALID", kind: "fatal" });
  });

  it("name what the sides of its input are multiples of, when that is a whole number", () => {
    expect(modelCard({ multiple_of: "64" }).multiplePx).toBe(64);
    for (const multiple_of of ["", "0", "-32", "1.5", "many"])
      expect(modelCard({ multiple_of })).not.toHaveProperty("multiplePx");
  });

  it("may be Python or JSON, with quotes and gaps", () => {
    expect(parseNames(`{0: 'pump', 1: "operator's valve", 3: 'tank, "old"'}`)).toEqual([
      "pump",
      "operator's valve",
      "class_2",
      'tank, "old"',
    ]);
    expect(parseNames('["a","b"]')).toEqual(["a", "b"]);
    expect(parseNames('{"0":"a","1":"b"}')).toEqual(["a", "b"]);
  });
});

describe("a model's place", () => {
  it("is found from any working folder, shipped models being Penstock's own", async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(await findModel("test/fixtures/models/junction.onnx")).toBe(
        join(here, "test/fixtures/models/junction.onnx"),
      );
      await writeFile("mine.onnx", "");
      expect(await findModel("mine.onnx")).toBe(resolve("mine.onnx"));
    } finally {
      process.chdir(here);
    }
  });
});

describe("a file that is no usable model", () => {
  const refused = async (
    path: string,
    shape: Partial<Parameters<typeof openModel>[0]>,
    code: string,
    text: RegExp,
  ) => {
    const failure = await openModel({ path, ...image, ...shape }).then(
      () => undefined,
      (error) => error,
    );
    expect(failure).toMatchObject({ code, kind: "fatal" });
    expect(failure.message).toMatch(text);
  };

  it("is refused when it is absent, naming both places", () =>
    refused("models/no-such.onnx", {}, "MODEL_ABSENT", /models\/no-such\.onnx/));

  it("is refused when it is not ONNX", async () => {
    const path = join(folder, "picture.onnx");
    await writeFile(path, "GIF89a, not a model at all");
    await refused(path, {}, "MODEL_INVALID", /no ONNX model/);
    await writeFile(path, "");
    await refused(path, {}, "MODEL_INVALID", /no ONNX model/);
  });

  it("is refused with the shapes found and expected", async () => {
    await refused(
      fixture("segmenter"),
      {},
      "MODEL_INVALID",
      /input is float32 \[n, 1, h, w\], expected float32 \[any, 3, any, any\]/,
    );
    await refused(
      fixture("detector"),
      { output: [null, null, null, null] },
      "MODEL_INVALID",
      /output is float32 \[n, 6, 16\], expected float32 \[any, any, any, any\]/,
    );
  });

  it("is refused when it is shown other planes than a sheet has, or gives bytes that count nothing", async () => {
    const open = (name: string, options: Partial<OpenModelOptions>) =>
      openModel({ path: fixture(name), ...options });
    await expect(open("detector-grey", { input: [null, [3, 4], null, null] })).rejects.toThrow(
      /\[n, 1, 128, 128\], expected float32 \[any, 3 or 4, any, any\]/,
    );
    for (const name of ["detector", "detector-grey"])
      await (await open(name, { input: [null, [1, 3], null, null] }))[Symbol.asyncDispose]();
    await expect(open("segmenter-bytes", { output: image.input })).rejects.toThrow(/expected float32/);
    await expect(open("useless-bytes", {})).rejects.toThrow(/logit_step/);
  });

  it("is never read beyond its end, wherever it is cut", async () => {
    const bytes = await import("node:fs").then(({ readFileSync }) => readFileSync(fixture("junction")));
    for (let length = 0; length < bytes.length; length += 97)
      try {
        readOnnxFile(bytes.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
  });
});

describe("running in batches", () => {
  // A grey patch of 48 × 48 has four bright edges and no arms; a black one four arms.
  const runAll = async (name: string, shades: number[], batchSize: number) => {
    await using model = await openModel({ path: fixture(name), input: [null, 1, 48, 48], output: [null, 6] });
    const best: number[] = [];
    const { runs } = await runBatches(model, {
      items: shades,
      itemDims: [1, 48, 48],
      batchSize,
      fill: (shade, target) => target.fill(shade),
      take: (items, { data }) => {
        for (const i of items.keys()) {
          const row = [...data.subarray(i * 6, i * 6 + 6)];
          best.push(row.indexOf(Math.max(...row)));
        }
      },
    });
    return { best, runs };
  };

  it("gives one result per item in order, the last batch being smaller", async () => {
    expect(await runAll("junction", [0, 1, 0, 0.25, 1], 2)).toEqual({ best: [1, 5, 1, 0, 5], runs: 3 });
  });

  it("follows a model that fixes its batch size", async () => {
    await using model = await openModel({ path: fixture("detector-single"), ...image });
    const counts: number[] = [];
    const { runs } = await runBatches(model, {
      items: [0, 1, 2],
      itemDims: [3, 128, 128],
      batchSize: 8,
      fill: (_, target) => target.fill(1),
      take: (items, { dims }) => counts.push(items.length * dims[0]!),
    });
    expect({ counts, runs }).toEqual({ counts: [1, 1, 1], runs: 3 });
  });

  it("writes into the output of the run before where the shape is steady, and gives the same numbers", async () => {
    await using model = await openModel({ path: fixture("segmenter"), input: [null, 1, null, null] });
    const run = async (steadyOutput: boolean) => {
      const buffers = new Set<ArrayBufferLike>();
      const results: Float32Array[] = [];
      await runBatches(model, {
        items: [0, 0.4, 1, 0.7, 0.2],
        itemDims: [1, 32, 32],
        batchSize: 2,
        steadyOutput,
        fill: (shade, target) => target.fill(shade),
        take: (_, { data }) => {
          buffers.add(data.buffer);
          results.push(data.slice());
        },
      });
      return { buffers: buffers.size, results };
    };
    const [fresh, steady] = [await run(false), await run(true)];
    expect([fresh.buffers, steady.buffers]).toEqual([3, 2]);
    expect(steady.results).toEqual(fresh.results);
  });

  it("stops between runs when aborted", async () => {
    await using model = await openModel({
      path: fixture("junction"),
      input: [null, 1, 48, 48],
      output: [null, 6],
    });
    const abort = new AbortController();
    const running = runBatches(model, {
      items: [1, 2, 3],
      itemDims: [1, 48, 48],
      batchSize: 1,
      fill: (item) => item === 2 && abort.abort(new Error("soft limit")),
      take: () => {},
      signal: abort.signal,
    });
    await expect(running).rejects.toThrow("soft limit");
  });
});

describe("a model that runs apart", () => {
  const segmenter = (apart: boolean) =>
    openModel({ path: fixture("segmenter"), input: [null, 1, null, null], apart });
  /** Items, and the order in which their results came, with a rest of one in the last run. */
  const shades = [0, 0.4, 1, 0.7, 0.2, 0.9, 0.1];
  const runAll = async (apart: boolean, options: { steadyOutput: boolean }) => {
    await using model = await segmenter(apart);
    const steps: string[] = [];
    const results: Float32Array[] = [];
    const { runs, rows, input } = await runBatches(model, {
      items: shades,
      itemDims: [1, 32, 32],
      batchSize: 2,
      ...options,
      fill(shade, target) {
        steps.push(`fill ${shade}`);
        target.fill(shade);
      },
      take(items, { data }) {
        steps.push(`take ${items.join(" ")}`);
        results.push(data.slice());
      },
    });
    return { runs, rows, input, steps, results };
  };

  it.each([{ steadyOutput: true }, { steadyOutput: false }])(
    "gives the same numbers in the same order, and prepares the next run meanwhile: %j",
    async (options) => {
      const [here, apart] = [await runAll(false, options), await runAll(true, options)];
      expect(apart.results).toEqual(here.results);
      expect(apart).toMatchObject({ runs: 4, rows: 7, input: "2x1x32x32" });
      const taken = (steps: string[]) => steps.filter((step) => step.startsWith("take"));
      expect(taken(apart.steps)).toEqual(taken(here.steps));
      expect(here.steps.slice(0, 4)).toEqual(["fill 0", "fill 0.4", "take 0 0.4", "fill 1"]);
      expect(apart.steps.slice(0, 5)).toEqual(["fill 0", "fill 0.4", "fill 1", "fill 0.7", "take 0 0.4"]);
    },
  );

  it("fills two buffers in turns, whose memory comes back from the thread", async () => {
    await using model = await segmenter(true);
    const left: number[] = [];
    await runBatches(model, {
      items: [1, 2, 3, 4, 5, 6],
      itemDims: [1, 32, 32],
      batchSize: 1,
      fill(item, target) {
        left.push(target[0]!);
        target.fill(item);
      },
      take: () => {},
    });
    expect(left).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it("computes while this thread waits for nothing else", async () => {
    await using model = await segmenter(true);
    let turns = 0;
    const turn = () => {
      turns++;
      ticking = setImmediate(turn);
    };
    let ticking = setImmediate(turn);
    const data = new Float32Array(1024 * 1024);
    await model.run({ data, dims: [1, 1, 1024, 1024] });
    clearImmediate(ticking);
    // A run on this thread would let the loop turn once or twice.
    expect(turns).toBeGreaterThan(10);
  });

  it("lets a run end, then stops, when aborted in the middle or when what it gives cannot be used", async () => {
    await using model = await segmenter(true);
    const abort = new AbortController();
    const taken: number[] = [];
    const options = {
      items: [0, 1, 2, 3, 4],
      itemDims: [1, 32, 32],
      batchSize: 1,
      fill: (item: number, target: Float32Array) => void target.fill(item),
    };
    const aborted = runBatches(model, {
      ...options,
      signal: abort.signal,
      take([item]) {
        taken.push(item!);
        if (item === 1) abort.abort(new Error("soft limit"));
      },
    });
    await expect(aborted).rejects.toThrow("soft limit");
    expect(taken).toEqual([0, 1]);
    const unusable = runBatches(model, {
      ...options,
      take() {
        throw new Error("of another shape");
      },
    });
    await expect(unusable).rejects.toThrow("of another shape");
    const unreadable = runBatches(model, {
      ...options,
      fill(item) {
        if (item === 2) throw new Error("no such tile");
      },
      take: () => {},
    });
    await expect(unreadable).rejects.toThrow("no such tile");
    // The session is as good as before.
    expect((await runBatches(model, { ...options, take: () => {} })).runs).toBe(5);
  });

  it("says what is wrong with a run or a file as one on this thread does", async () => {
    await using model = await segmenter(true);
    const wrong = { data: new Float32Array(9), dims: [1, 3, 3] };
    await expect(model.run(wrong)).rejects.toThrow(/rank/i);
    const path = join(folder, "broken.onnx");
    await copyFile(fixture("segmenter"), path);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 200));
    for (const apart of [false, true])
      await expect(openModel({ path, apart })).rejects.toMatchObject({ code: "MODEL_INVALID" });
    for (const apart of [false, true])
      await expect(openModel({ path: fixture("segmenter"), apart, ...image })).rejects.toThrow(/expected/);
  });
});
