import { Command } from "commander";
import { bytes } from "../format.ts";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { shippedModels } from "../shipped-models.ts";

/** `penstock models list`: the models that are shipped. */
export function modelsCommand(): Command {
  return new Command("models")
    .description("the models that are shipped")
    .addCommand(listCommand(), { isDefault: true });
}

function listCommand(): Command {
  return new Command("list")
    .description("list them; their cards are beside them under models/")
    .addOption(jsonOption())
    .action((options: PrintOptions) => {
      const models = shippedModels();
      print(options, models, () =>
        table(
          ["model", "file", ">size", "trained", ">classes", "digest"],
          models.map((each) => [
            each.model,
            each.file,
            each.bytes === undefined ? "–" : bytes(each.bytes),
            each.date ?? "–",
            each.names?.length ?? "–",
            each.sha256?.slice(0, 12) ?? "–",
          ]),
        ),
      );
    });
}
