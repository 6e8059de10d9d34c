import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { UsageFault } from "../process/answer.ts";
import { isLocal } from "./options.ts";
import { createProgram } from "./program.ts";

const docs = async (name: string) => readFile(new URL(`../../../../docs/${name}.md`, import.meta.url), "utf8");

/** Every command that does something. */
function commandsOf(command: Command): Command[] {
  return command.commands.length > 0 ? command.commands.flatMap(commandsOf) : [command];
}

function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** Told once for all commands. */
const general = ["--json", "--issuer", "--profile", "--config", "--data", "--database", "--local"];

describe("the commands", () => {
  it("are in the documentation, each with its options", async () => {
    const text = (await docs("command-line")) + (await docs("operate"));
    const untold = commandsOf(createProgram()).flatMap((command) => {
      const name = nameOf(command);
      const options = command.options.map(({ long }) => long!).filter((each) => !general.includes(each));
      const missing = options.filter((each) => !text.includes(each)).map((each) => `${name} ${each}`);
      return new RegExp(`\\b${name}\\b`).test(text) ? missing : [name, ...missing];
    });
    expect(untold).toEqual([]);
  });

  it("in the documentation are commands, with options that they have", async () => {
    const lines = [...(await docs("command-line")).matchAll(/^(?:\w+=\S+ )?innkeeper (.+)$/gm)].map(
      ([, line]) => line!,
    );
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) {
      const program = createProgram();
      let reached = 0;
      for (const command of commandsOf(program)) command.action(() => void reached++);
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
      await program.parseAsync(words, { from: "user" });
      expect([line, reached]).toEqual([line, 1]);
    }
  });
});

describe("an operator's way", () => {
  it("is that of whoever names a user or a database, or says so", () => {
    for (const flags of [{ owner: "maya" }, { user: "maya" }, { local: true }, { data: "data" }, { database: "x" }]) {
      expect(isLocal(flags)).toBe(true);
    }
    for (const flags of [{}, { profile: "work" }]) expect(isLocal(flags)).toBe(false);
    expect(() => isLocal({ user: "maya", profile: "work" })).toThrow(UsageFault);
  });
});
