import { Command } from "commander";
import {
  dropAllDead,
  dropDead,
  listDead,
  type OpenedDeadLetter,
  Refusal,
  redrive,
  redriveAll,
  showDead,
} from "#shared/operate";
import { type ActFlags, actor } from "../actor.ts";
import { ago, cut } from "../format.ts";
import { jsonOption, reasonOption, whole } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { BODY_HELP, readBody } from "../read-body.ts";
import { paint } from "../style.ts";
import { withBus } from "../with-bus.ts";

interface FilterFlags extends ActFlags {
  stage?: string;
  run?: string;
  code?: string;
}

/** Filters shared by the verbs that act on many. */
const filtered = (command: Command) =>
  command
    .option("--stage <name>", "only of this stage")
    .option("--run <uid>", "only of this diagram")
    .option("--code <code>", "only with this error code")
    .addOption(jsonOption());

const filterOf = ({ stage, run, code }: FilterFlags) => ({
  ...(stage === undefined ? {} : { stage }),
  ...(run === undefined ? {} : { run }),
  ...(code === undefined ? {} : { code }),
});

/** `penstock dead list|show|redrive|drop` */
export function deadCommand(): Command {
  return new Command("dead")
    .description("dead letters: messages nobody could handle, with their story")
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(redriveCommand())
    .addCommand(dropCommand());
}

function listCommand(): Command {
  return filtered(new Command("list").description("list dead letters, oldest first"))
    .option("-n, --limit <n>", "how many", whole(1, 10_000), 100)
    .action((flags: FilterFlags & { limit: number }) =>
      withBus(async (bus) => {
        const letters = await listDead(bus, filterOf(flags), { limit: flags.limit });
        print(flags, { letters }, () =>
          table(
            [">number", "stage", "diagram", "reason", "code", ">died", "message"],
            letters.map((each) => [
              each.seq,
              each.stage,
              each.run,
              each.reason,
              each.code,
              ago(each.at),
              cut(each.message, 60),
            ]),
          ),
        );
      }),
    );
}

function showCommand(): Command {
  return new Command("show")
    .description("one dead letter with headers and body")
    .argument("<number>", "as listed", whole(1))
    .addOption(jsonOption())
    .action((seq: number, options: PrintOptions) =>
      withBus(async (bus) => {
        const letter = await showDead(bus, seq);
        const base64 = Buffer.from(letter.bytes).toString("base64");
        print(options, { ...letter, bytes: undefined, base64 }, () => describe(letter));
      }),
    );
}

function describe(letter: OpenedDeadLetter): string {
  const body =
    letter.body === undefined
      ? `${letter.bytes.byteLength} bytes that do not decode: ${Buffer.from(letter.bytes.subarray(0, 64)).toString("hex")}`
      : JSON.stringify(letter.body, null, 2);
  return [
    `${paint("bold", `dead letter ${letter.seq}`)}  ${letter.reason}  ${letter.code}`,
    letter.message,
    `stage ${letter.stage}, diagram ${letter.run}, ${letter.deliveries} deliveries, ${ago(letter.at)}`,
    `from ${letter.subject} (${letter.stream} ${letter.sequence})${letter.worker ? `, worker ${letter.worker}` : ""}`,
    ...(letter.stack ? ["", paint("gray", letter.stack)] : []),
    "",
    body,
  ].join("\n");
}

function redriveCommand(): Command {
  return filtered(
    new Command("redrive").description("send dead letters again: one, those that match, or all"),
  )
    .argument("[number]", "as listed", whole(1))
    .option("--all", "all of them, or all that match")
    .option("--body <json>", `send this instead, one letter only: ${BODY_HELP}`)
    .addOption(reasonOption())
    .action((seq: number | undefined, flags: FilterFlags & { all?: boolean; body?: string }) =>
      withBus(async (bus) => {
        if (seq !== undefined) {
          const done = await redrive(bus, seq, {
            ...actor(flags),
            ...(flags.body === undefined ? {} : { body: await readBody(flags.body) }),
          });
          print(flags, done, () => `sent again to ${done.subject} (retry ${done.generation})`);
          return;
        }
        requireScope(flags);
        const done = await redriveAll(bus, filterOf(flags), actor(flags));
        print(flags, done, () => {
          const refused = done.refused
            .map((each) => `\n${each.letter}: ${each.message} [${each.code}]`)
            .join("");
          return `${done.redriven.length} sent again, ${done.refused.length} not${refused}`;
        });
      }),
    );
}

function dropCommand(): Command {
  return filtered(new Command("drop").description("throw dead letters away"))
    .argument("[number]", "as listed", whole(1))
    .option("--all", "all of them, or all that match")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((seq: number | undefined, flags: FilterFlags & { all?: boolean; reason: string }) =>
      withBus(async (bus) => {
        const signature = { ...actor(flags), reason: flags.reason };
        if (seq !== undefined) await dropDead(bus, seq, signature);
        else requireScope(flags);
        const dropped = seq === undefined ? await dropAllDead(bus, filterOf(flags), signature) : 1;
        print(flags, { dropped }, () => `${dropped} dropped`);
      }),
    );
}

function requireScope(flags: FilterFlags & { all?: boolean }): void {
  if (flags.all || Object.keys(filterOf(flags)).length > 0) return;
  throw new Refusal("invalid", "NOT_CONFIRMED", "say which: a number, --stage, --run or --code, or --all");
}
