/** One JSON line with `--json`, else lines for people. */
export function answer(json: boolean | undefined, value: Record<string, unknown>, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
}

/** A mistake of whoever typed the command: told without a stack. */
export class CommandFault extends Error {}
