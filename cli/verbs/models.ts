import { Command } from "commander";
import { addCommand } from "./models/add.ts";
import { listCommand } from "./models/list.ts";
import { promoteCommand } from "./models/promote.ts";
import { removeCommand } from "./models/remove.ts";
import { rollbackCommand } from "./models/rollback.ts";
import { showCommand } from "./models/show.ts";

/** `penstock models list|show|add|promote|rollback|remove` */
export function modelsCommand(): Command {
  return new Command("models")
    .description("versions of models: look, add your own, make one live, go back")
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(addCommand())
    .addCommand(promoteCommand())
    .addCommand(rollbackCommand())
    .addCommand(removeCommand());
}
