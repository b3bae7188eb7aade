import { Command } from "commander";
import { decodeLines } from "../decode-lines.ts";

/** `penstock decode`: makes `nats sub 'diagram.>' --translate 'penstock decode'` readable. */
export function decodeCommand(): Command {
  return new Command("decode")
    .description("print a message read from standard input (msgpack or JSON) as JSON, one line per event")
    .option("--pretty", "indented")
    .addHelpText(
      "after",
      "\n  nats sub 'diagram.>' --translate 'penstock decode'\n  nats sub 'task.events.>' --translate 'penstock decode'",
    )
    .action(async (flags: { pretty?: boolean }) => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      for (const value of decodeLines(Buffer.concat(chunks)))
        process.stdout.write(`${JSON.stringify(value, null, flags.pretty ? 2 : undefined)}\n`);
    });
}
