import { jsonLine, plainLines } from "./terminal-text.ts";

/** One JSON line with `--json`, else lines for people. */
export function answer(json: boolean | undefined, value: Record<string, unknown>, lines: readonly string[]): void {
  process.stdout.write(`${json ? jsonLine(value) : plainLines(lines.join("\n"))}\n`);
}

/** What a person must know while the command goes on, kept apart from its answer. */
export function say(...lines: readonly string[]): void {
  process.stderr.write(`${plainLines(lines.join("\n"))}\n`);
}

/** A mistake of whoever typed the command: told without a stack. */
export class CommandFault extends Error {}

/** The command itself was typed wrong: nothing was tried, and the exit code is 2. */
export class UsageFault extends CommandFault {}
