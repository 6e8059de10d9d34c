import { Command } from "commander";
import { addAccountCommands } from "./account-commands.ts";
import { addAppCommands } from "./app-commands.ts";
import { addKeyCommands } from "./key-commands.ts";
import { addOperatorCommands } from "./operator-commands.ts";

/** Every command there is. A command loads what it needs when it is run. */
export function createProgram(): Command {
  const program = new Command("innkeeper")
    .description("Sign in with your platform: identity, consent with a cap, and an exact bill.")
    .exitOverride();
  addAccountCommands(program);
  addAppCommands(program);
  addKeyCommands(program);
  addOperatorCommands(program);
  return program;
}
