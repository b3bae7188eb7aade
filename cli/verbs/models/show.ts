import { Command } from "commander";
import { type ModelEntry, showModel } from "#shared/models";
import { ago, bytes, cut } from "../../format.ts";
import { jsonOption } from "../../parse-options.ts";
import { type PrintOptions, print, table } from "../../print.ts";
import { paint } from "../../style.ts";
import { withBus } from "../../with-bus.ts";
import { figure } from "./describe.ts";

/** `penstock models show detector` */
export function showCommand(): Command {
  return new Command("show")
    .description("one model with its versions, newest first, and what was live when")
    .argument("<model>", "detector, segmenter, classification, …")
    .addOption(jsonOption())
    .action((name: string, options: PrintOptions) =>
      withBus(async (bus) => {
        const model = await showModel(bus, name);
        print(options, model, () => describe(model));
      }),
    );
}

function describe(model: ModelEntry): string {
  const versions = table(
    [
      "version",
      "state",
      ">added",
      "by",
      ">size",
      ">classes",
      ">score",
      "dataset",
      "run",
      "trainer",
      "digest",
    ],
    model.versions.map((each) => [
      each.version,
      each.state,
      each.createdAt ? ago(each.createdAt) : "–",
      each.by,
      bytes(each.size),
      each.classes || "–",
      figure(each.score),
      each.dataset ?? "–",
      each.lineage.run ?? "–",
      cut(each.lineage.trainer ?? "–", 30),
      each.digest.slice(0, 12),
    ]),
  );
  const changes = table(
    ["live", ">when", "by", "why"],
    model.history.map((each) => [each.version ?? "–", ago(each.at), each.by, cut(each.reason ?? "–", 60)]),
  );
  return [`${paint("bold", model.name)} ${model.job}`, "", versions, "", changes].join("\n");
}
