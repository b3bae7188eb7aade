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
import { ago, cut } from "../format.ts";
import { jsonOption, whole } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { paint } from "../style.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface FilterFlags extends PrintOptions {
  stage?: string;
  run?: string;
  code?: string;
  reason?: string;
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
    .option("--body <json>", "send this instead (one letter only)")
    .action((seq: number | undefined, flags: FilterFlags & { all?: boolean; body?: string }) =>
      withBus(async (bus) => {
        const by = whoAmI();
        if (seq !== undefined) {
          const done = await redrive(bus, seq, {
            by,
            ...(flags.body === undefined ? {} : { body: parse(flags.body) }),
          });
          print(flags, done, () => `sent again to ${done.subject} (retry ${done.generation})`);
          return;
        }
        requireScope(flags);
        const done = await redriveAll(bus, filterOf(flags), { by });
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
        const actor = { by: whoAmI(), reason: flags.reason };
        if (seq !== undefined) await dropDead(bus, seq, actor);
        else requireScope(flags);
        const dropped = seq === undefined ? await dropAllDead(bus, filterOf(flags), actor) : 1;
        print(flags, { dropped }, () => `${dropped} dropped`);
      }),
    );
}

function requireScope(flags: FilterFlags & { all?: boolean }): void {
  if (flags.all || Object.keys(filterOf(flags)).length > 0) return;
  throw new Refusal("invalid", "NOT_CONFIRMED", "say which: a number, --stage, --run or --code, or --all");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal("invalid", "NOT_JSON", `--body is not JSON: ${(cause as Error).message}`, { cause });
  }
}
