import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { accountLife } from "./requirements/account-life.ts";
import { mail } from "./requirements/mail.ts";
import { operators } from "./requirements/operators.ts";
import { passkeys } from "./requirements/passkeys.ts";
import { phone } from "./requirements/phone.ts";
import { secondFactor } from "./requirements/second-factor.ts";
import { threats } from "./requirements/threats.ts";
import { upstream } from "./requirements/upstream.ts";
import { type Requirement, requirements } from "./requirements.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders = "{packages,examples,e2e,bench,tools}/**/*.test.ts";

/** The ids that test titles claim, `[A01][A02]` at the head of the title, each with the files that claim it. */
function claimedIds(sources: Map<string, string>): Map<string, string[]> {
  // After `it(`, `it.concurrent(`, or the closing `)(` of a table given to `each`.
  const title = /(?:\b(?:it|test|describe)(?:\.\w+)*|\))\(\s*["'`]((?:\[[A-Z]\d\d\])+)/g;
  const claims = new Map<string, string[]>();
  for (const [file, source] of sources) {
    for (const [, ids = ""] of source.matchAll(title)) {
      for (const [, id = ""] of ids.matchAll(/\[([A-Z]\d\d)\]/g)) claims.set(id, [...(claims.get(id) ?? []), file]);
    }
  }
  return claims;
}

/** Where list and tests disagree, one sentence each. */
function disagreements(list: Requirement[], claims: Map<string, string[]>): string[] {
  const known = new Map(list.map((requirement) => [requirement.id, requirement]));
  const unshown = list.filter(({ id, status }) => status === "shown" && !claims.has(id));
  const wrong = [...claims].filter(([id]) => known.get(id)?.status !== "shown");
  return [
    ...unshown.map(({ id, sentence }) => `${id} is shown by no test: ${sentence}`),
    ...wrong.map(
      ([id, files]) => `${id} is ${known.has(id) ? "for later" : "unknown"}, but claimed in ${files.join(", ")}`,
    ),
  ];
}

/** What a document names as shown: `[A01](path/of/a.test.ts)`. */
function namedIn(document: string): { id: string; file: string }[] {
  return [...document.matchAll(/\[([A-Z]\d\d)\]\(([^)]+)\)/g)].map(([, id = "", file = ""]) => ({ id, file }));
}

/** What a document names and no test shows, one sentence each. */
function deadReferences(document: string, list: Requirement[], claims: Map<string, string[]>): string[] {
  const shown = new Set(list.filter(({ status }) => status === "shown").map(({ id }) => id));
  return namedIn(document).flatMap(({ id, file }) => {
    if (!shown.has(id)) return `${id} is no requirement that is shown`;
    return claims.get(id)?.includes(file) ? [] : `${id} is not shown in ${file}`;
  });
}

async function testSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const file of glob(folders, { cwd: root, exclude: (name) => name.includes("node_modules") })) {
    if (!file.endsWith("test/requirements.test.ts")) sources.set(file, readFileSync(`${root}/${file}`, "utf8"));
  }
  return sources;
}

describe("the requirements", () => {
  it("are each shown by a test, and no test claims more", async () => {
    expect(disagreements(requirements, claimedIds(await testSources()))).toEqual([]);
  });

  it("have ids of their own, and say what they mean and where they come from", () => {
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
    for (const { id, sentence, source } of requirements) {
      expect(id).toMatch(/^[A-Z]\d\d$/);
      expect(sentence).not.toBe("");
      expect(source).not.toBe("");
    }
  });
});

describe("the threat model", () => {
  const document = readFileSync(`${root}/SECURITY.md`, "utf8");

  it("names for each attack a requirement, and a test that shows it", async () => {
    expect(deadReferences(document, requirements, claimedIds(await testSources()))).toEqual([]);
    const attacks = document.slice(document.indexOf("## Threat model")).match(/^\| (?!attack).*\|$/gm) ?? [];
    expect(attacks.length).toBeGreaterThan(60);
    expect(attacks.filter((row) => namedIn(row).length === 0)).toEqual([]);
  });

  it("names every requirement of accounts, but for those that say what works", () => {
    const named = new Set(namedIn(document).map(({ id }) => id));
    const ofAccounts = [accountLife, mail, operators, passkeys, phone, secondFactor, threats, upstream].flat();
    const works = new Set(["S03", "V02", "W01", "W08", "W11", "Z01"]);
    expect(ofAccounts.map(([id]) => id).filter((id) => !named.has(id) && !works.has(id))).toEqual([]);
  });
});

describe("the check itself", () => {
  const list: Requirement[] = [
    { id: "A01", status: "shown", sentence: "one", source: "s" },
    { id: "A02", status: "shown", sentence: "two", source: "s" },
    { id: "A03", status: "later", sentence: "three", source: "s" },
  ];

  it("reads ids from titles of it, test and describe, and from nowhere else", () => {
    const source = `
      it("[A01][A02] both", () => {});
      test.each([[f(1), 2]])('[A03] $name', () => {});
      describe.each(databases)(\`[A04] on $name\`, () => {});
      it(
        "[A05] on the next line", () => {});
      // [A06] in a comment
      const text = "[A07]";
      it("shows [A08] too late", () => {});`;
    expect([...claimedIds(new Map([["a.test.ts", source]])).keys()]).toEqual(["A01", "A02", "A03", "A04", "A05"]);
  });

  it("tells what nobody shows, what is for later and what is unknown", () => {
    const claims = claimedIds(new Map([["a.test.ts", `it("[A01][A03][Z99] x", () => {});`]]));
    expect(disagreements(list, claims)).toEqual([
      "A02 is shown by no test: two",
      "A03 is for later, but claimed in a.test.ts",
      "Z99 is unknown, but claimed in a.test.ts",
    ]);
  });

  it("tells what a document names and nobody shows", () => {
    const document = "| x | [A01](a.test.ts) [A01](b.test.ts) [A03](a.test.ts) [Z99](a.test.ts) | [text](A01) |";
    expect(deadReferences(document, list, new Map([["A01", ["a.test.ts"]]]))).toEqual([
      "A01 is not shown in b.test.ts",
      "A03 is no requirement that is shown",
      "Z99 is no requirement that is shown",
    ]);
  });
});
