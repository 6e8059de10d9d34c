#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CommandFault, UsageFault } from "./process/answer.ts";
import { addAccountCommands } from "./program/account-commands.ts";
import { addAppCommands } from "./program/app-commands.ts";
import { addKeyCommands } from "./program/key-commands.ts";
import { addOperatorCommands } from "./program/operator-commands.ts";

// Databases, secrets and profiles are nobody else's to read, whatever the folder allows.
process.umask(0o077);

const program = new Command("innkeeper")
  .description("Sign in with your platform: identity, consent with a cap, and an exact bill.")
  .exitOverride();
addOperatorCommands(program);
addAccountCommands(program);
addAppCommands(program);
addKeyCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = judge(error);
}

/** 1 when it could not be done, 2 when it was typed wrong. */
function judge(error: unknown): number {
  // The parser has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { message, stack } = error as Error;
  const astray = !(error instanceof CommandFault) && process.env.INNKEEPER_LOG_LEVEL === "debug";
  process.stderr.write(`${astray ? stack : message}\n`);
  return error instanceof UsageFault ? 2 : 1;
}
