import { Command } from "commander";
import { addModel, promoteModel } from "#shared/models";
import { jsonOption, reasonOption } from "../../parse-options.ts";
import { type PrintOptions, print } from "../../print.ts";
import { whoAmI, withBus } from "../../with-bus.ts";
import { describeVersion } from "./describe.ts";
import { readClasses } from "./read-classes.ts";

interface AddFlags extends PrintOptions {
  classes?: string;
  dataset?: string;
  promote?: boolean;
  reason?: string;
}

/** `penstock models add detector best.onnx --classes classes.yaml --promote` */
export function addCommand(): Command {
  return new Command("add")
    .description("add a version of your own: any YOLO export, any segmenter, … (docs/models.md)")
    .argument("<model>", "detector, segmenter, classification, …")
    .argument("<file>", "an ONNX file; it is tried in a process of its own before it is kept")
    .option("--classes <file>", "class names (YAML), in the place of the file's own")
    .option("--dataset <name>", "what it was trained on")
    .option("--promote", "make it live at once")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((name: string, path: string, flags: AddFlags) =>
      withBus(async (bus) => {
        const actor = { by: whoAmI(), reason: flags.reason };
        const names = flags.classes === undefined ? {} : { names: await readClasses(flags.classes) };
        const dataset = flags.dataset === undefined ? {} : { dataset: flags.dataset };
        const added = await addModel(bus, name, { path }, { ...actor, ...names, ...dataset });
        const { version } = added;
        const now = flags.promote ? await promoteModel(bus, name, { ...actor, version }) : added;
        print(flags, now, () => describeVersion(now));
      }),
    );
}
