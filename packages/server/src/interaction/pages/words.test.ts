import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "..");
const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);

/** The markup of each template of a file, those inside values too; a value is one sign. */
function templatesOf(source: string): string[] {
  const done: string[] = [];
  // What is open: markup that grows, or code, with its own braces counted.
  const open: { markup?: string; braces: number }[] = [{ braces: 0 }];
  for (let at = 0; at < source.length; at++) {
    const top = open.at(-1)!;
    const sign = source[at]!;
    if (top.markup === undefined) {
      if (sign === "`") open.push({ markup: source.slice(at - 4, at) === "html" ? "" : "=", braces: 0 });
      else if (sign === "{") top.braces++;
      else if (sign === "}" && top.braces-- === 0) open.pop();
    } else if (sign === "`") {
      done.push(open.pop()!.markup!);
    } else if (sign === "$" && source[at + 1] === "{") {
      top.markup += "\u0000";
      open.push({ braces: 0 });
      at++;
    } else top.markup += sign;
  }
  return done.filter((markup) => !markup.startsWith("="));
}

/** Two words or more, between tags or in what is read aloud. */
function sentencesIn(source: string): string[] {
  const said = templatesOf(source).flatMap((markup) => [
    ...markup.split(/<[^>]*>/),
    ...[...markup.matchAll(/ (?:aria-label|alt|placeholder|title)="([^"]*)"/g)].map(([, words]) => words!),
  ]);
  return said
    .map((words) => words.trim())
    .filter((words) => /\p{L}{2,}[ ,.]+\p{L}{2,}/u.test(words) && !/[={}<>]/.test(words));
}

describe("pages", () => {
  it.each(files)("[D02] have their sentences in ui/text: %s", (name) => {
    expect(sentencesIn(readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });

  it("would be caught with a sentence of their own", () => {
    const value = (code: string) => `$\{${code}}`;
    expect(sentencesIn(`html\`<p>${value("title")}</p><b>Nobody translates this</b>\``)).toEqual([
      "Nobody translates this",
    ]);
    expect(sentencesIn(`html\`<a title="Two words">${value("html`Two more`")}</a>\``)).toEqual([
      "Two more",
      "Two words",
    ]);
  });

  it("are drawn for whoever reads them, never for nobody", () => {
    const nameless = files.filter((name) =>
      /desk\.frame\(\)(?!\.brand)/.test(readFileSync(join(folder, name), "utf8")),
    );
    expect(nameless).toEqual([]);
  });
});
