import { Command } from "commander";
import { listModels } from "#shared/models";
import { ago } from "../../format.ts";
import { jsonOption } from "../../parse-options.ts";
import { type PrintOptions, print, table } from "../../print.ts";
import { withBus } from "../../with-bus.ts";
import { figure, since } from "./describe.ts";

/** `penstock models list` */
export function listCommand(): Command {
  return new Command("list")
    .description("list the models and what is live of each")
    .addOption(jsonOption())
    .action((options: PrintOptions) =>
      withBus(async (bus) => {
        const models = await listModels(bus);
        print(options, { models }, () =>
          table(
            ["model", "live", ">since", "by", "previous", ">versions", ">score", "what it does"],
            models.map((each) => {
              const live = each.versions.find(({ version }) => version === each.live);
              return [
                each.name,
                each.live ?? "–",
                since(each.history[0]?.at, ago),
                each.history[0]?.by ?? "–",
                each.previous ?? "–",
                each.versions.length,
                figure(live?.score),
                each.job,
              ];
            }),
          ),
        );
      }),
    );
}
