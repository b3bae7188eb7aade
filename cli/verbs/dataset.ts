import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Bus } from "#shared/bus";
import type { DatasetStore, DatasetVersion } from "#shared/learn";
import { MODEL_NAMES, type ModelName } from "#shared/messages";
import { bytes } from "../format.ts";
import { jsonOption, whole } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface Flags extends PrintOptions {
  folder?: string;
}

interface BuildFlags extends Flags {
  generated?: number;
  seed: number;
  size: string;
  min: number;
}

interface ExportFlags extends Flags {
  to: string;
  holdout?: string;
  for: ModelName;
}

/** `penstock dataset build|list|show|export`: what the learned models are trained and judged on. */
export function datasetCommand(): Command {
  return new Command("dataset")
    .description("datasets of the learned models: frozen versions of what people corrected")
    .addCommand(buildCommand())
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(exportCommand());
}

const FOLDER = ["--folder <path>", "datasets in this folder instead of the running system's"] as const;

function buildCommand(): Command {
  return new Command("build")
    .description(
      "freeze a version from the validated diagrams, or from generated sheets for a new installation",
    )
    .option(...FOLDER)
    .option(
      "--generated <n>",
      "read n generated sheets with the real models, their truth as the corrections",
      whole(1),
    )
    .option("--seed <s>", "seed of the first generated sheet", whole(0), 9001)
    .option("--size <WxH>", "size of generated sheets in px", "2000x1500")
    .option("--min <n>", "fewest diagrams a version is made of", whole(1), 8)
    .addOption(jsonOption())
    .action((flags: BuildFlags) =>
      withStore(flags, async (store, bus) => {
        const { buildDataset, validatedDiagrams } = await import("#shared/learn");
        const version = await buildDataset(
          store,
          flags.generated ? await generated(flags, flags.generated) : validatedDiagrams(await needed(bus)),
          {
            by: whoAmI(),
            source: flags.generated ? "generated" : "validated",
            minSheets: flags.min,
            passedOver: (uid, reason) =>
              process.stderr.write(`diagram ${uid} is not learned from: ${reason}\n`),
            progress: (done, uid) => {
              if (flags.json || !process.stderr.isTTY) return;
              process.stderr.write(
                `\r\x1b[K${done}${flags.generated ? ` of ${flags.generated}` : ""} ${uid}`,
              );
            },
          },
        );
        if (!flags.json && process.stderr.isTTY) process.stderr.write("\r\x1b[K");
        print(flags, version, () => describe(version));
      }),
    );
}

function listCommand(): Command {
  return new Command("list")
    .description("list the versions, newest first")
    .option(...FOLDER)
    .addOption(jsonOption())
    .action((flags: Flags) =>
      withStore(flags, async (store) => {
        const { listDatasets } = await import("#shared/learn");
        const versions = await listDatasets(store);
        print(
          flags,
          versions.map(({ sheets: _sheets, ...version }) => version),
          () =>
            table(
              ["dataset", "source", "made", "by", ">sheets", ">held out", ">corrections"],
              versions.map(({ name, source, createdAt, by, totals: { train, holdout } }) => [
                name,
                source,
                new Date(createdAt).toISOString().slice(0, 16).replace("T", " "),
                by,
                train.sheets,
                holdout.sheets,
                train.correctedBoxes + train.correctedJunctions + train.correctedEdges,
              ]),
            ),
        );
      }),
    );
}

function showCommand(): Command {
  return new Command("show")
    .description("what a version holds, and which models it is enough for")
    .argument("[name]", "a version", "latest")
    .option(...FOLDER)
    .addOption(jsonOption())
    .action((name: string, flags: Flags) =>
      withStore(flags, async (store) => {
        const { readDataset, tooSmallFor } = await import("#shared/learn");
        const { LEARNED_MODELS } = await import("#shared/messages");
        const { version } = await readDataset(store, name);
        const short = LEARNED_MODELS.flatMap((model) => {
          const reason = tooSmallFor(model, version);
          return reason ? [`${model}: ${reason}`] : [];
        });
        print(flags, { ...version, tooSmallFor: short }, () =>
          [
            describe(version),
            ...(short.length ? ["\nToo small for:", ...short.map((line) => `  ${line}`)] : []),
          ].join("\n"),
        );
      }),
    );
}

function exportCommand(): Command {
  return new Command("export")
    .description("copy a version into a folder, as an external trainer gets it")
    .argument("<name>", "a version, or latest")
    .requiredOption("--to <path>", "the folder; pictures to learn from lie in it")
    .option("--holdout <path>", "a folder of its own for the held-out pictures, else left out")
    .addOption(
      new Option("--for <model>", "the model that is to learn: says what a person must have approved")
        .choices(MODEL_NAMES)
        .default("detector"),
    )
    .option(...FOLDER)
    .addOption(jsonOption())
    .action((name: string, flags: ExportFlags) =>
      withStore(flags, async (store, bus) => {
        const { exportDataset, readDataset } = await import("#shared/learn");
        const { version } = await readDataset(store, name);
        const folder = resolve(flags.to);
        await exportDataset(store, version.name, folder);
        const laid = bus ? await layOut(bus, store, version.name, folder, flags) : undefined;
        print(flags, { folder, ...(laid ?? { version: version.name }) }, () =>
          [
            `${version.name} is in ${folder}`,
            laid
              ? `${laid.train.length} sheets with pictures, ${laid.holdout.length} held out in ${flags.holdout ?? "no folder"}`
              : "no pictures: they lie in the running system",
            ...(laid?.leftOut ?? []).map(({ uid, reason }) => `left out ${uid}: ${reason}`),
          ].join("\n"),
        );
      }),
    );
}

/** Writes the pictures of a version, with boxes and masks. */
async function layOut(bus: Bus, store: DatasetStore, name: string, train: string, flags: ExportFlags) {
  const [{ layOutSheets }, { objectArtifacts }] = await Promise.all([
    import("#shared/learn"),
    import("#shared/artifacts"),
  ]);
  const artifacts = objectArtifacts(bus, () => {
    throw new Error("an export writes no artifacts");
  });
  return layOutSheets(store, name, {
    model: flags.for,
    read: (ref) => artifacts.get(ref),
    train,
    ...(flags.holdout !== undefined && { holdout: resolve(flags.holdout) }),
  });
}

/** Runs a verb's work on a folder, or on the running system's store. */
async function withStore(
  flags: Flags,
  work: (store: DatasetStore, bus?: Bus) => Promise<void>,
): Promise<void> {
  const { busDatasets, folderDatasets } = await import("#shared/learn");
  if (flags.folder) await work(folderDatasets(resolve(flags.folder)));
  else await withBus((bus) => work(busDatasets(bus), bus));
}

async function generated({ seed, size }: BuildFlags, count: number) {
  const [widthPx, heightPx] = size.split("x").map(Number);
  if (!(widthPx! >= 600 && heightPx! >= 600 && widthPx! <= 12_000 && heightPx! <= 12_000)) {
    const { Refusal } = await import("#shared/operate");
    throw new Refusal(
      "invalid",
      "BAD_SIZE",
      `--size is "${size}"; WIDTHxHEIGHT with sides from 600 to 12000 px is needed`,
    );
  }
  const { generatedDiagrams } = await import("../dataset/generated-diagrams.ts");
  return generatedDiagrams({ count, seed, widthPx: widthPx!, heightPx: heightPx! });
}

/** Validated diagrams lie in the running system. */
async function needed(bus: Bus | undefined): Promise<Bus> {
  if (bus) return bus;
  const { Refusal } = await import("#shared/operate");
  throw new Refusal(
    "invalid",
    "NOTHING_VALIDATED",
    "a folder holds no validated diagrams: give --generated with --folder",
  );
}

function describe({ name, source, digest, sheets, totals }: DatasetVersion): string {
  const size = sheets.reduce((sum, sheet) => sum + sheet.size, 0);
  return [
    `${name}, ${source}, digest ${digest.slice(0, 12)}, ${bytes(size)}`,
    table(
      ["part", ">sheets", ">boxes", ">corrected", ">junctions", ">corrected", ">edges", ">corrected"],
      (["train", "holdout"] as const).map((split) => {
        const t = totals[split];
        return [
          split === "train" ? "to learn from" : "held out",
          t.sheets,
          t.boxes,
          t.correctedBoxes,
          t.junctions,
          t.correctedJunctions,
          t.edges,
          t.correctedEdges,
        ];
      }),
    ),
  ].join("\n");
}
