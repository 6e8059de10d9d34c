#!/usr/bin/env node
import { CommanderError } from "commander";
import { CommandFault, say, UsageFault } from "./process/answer.ts";
import { createProgram } from "./program/program.ts";

// Databases, secrets and profiles are nobody else's to read, whatever the folder allows.
process.umask(0o077);

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = judge(error);
}

/** 1 when it could not be done, 2 when it was typed wrong. */
function judge(error: unknown): number {
  // The parser has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { message, stack } = error as Error;
  const astray = !(error instanceof CommandFault) && process.env.INNKEEPER_LOG_LEVEL === "debug";
  say(astray ? (stack ?? message) : message);
  return error instanceof UsageFault ? 2 : 1;
}
