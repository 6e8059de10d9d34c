import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSource, violations } from "./house.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const paths = globSync("{packages,examples,bench,e2e,tools,scripts}/**/*.{ts,mjs}", {
  cwd: root,
  exclude: (name) => name.split(/[\\/]/).includes("node_modules"),
}).map((path) => path.replaceAll("\\", "/"));
const texts = new Map([...paths, "vitest.config.ts"].map((path) => [path, readFileSync(`${root}/${path}`, "utf8")]));

describe("the house", () => {
  it("keeps its rules", () => {
    expect(violations([...texts].map(([path, text]) => readSource(path, text)))).toEqual([]);
  });

  it("leaves nothing for later and skips no test", () => {
    // Spelled in two halves, so that this file does not find itself.
    const unfinished = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b`);
    const skipped = /\b(it|test|describe)\.(\w+\.)*(skip|only|todo|fails|skipIf|runIf)\b/;
    for (const [path, text] of texts) {
      expect.soft(unfinished.test(text), `${path} says what is unfinished`).toBe(false);
      if (path !== "tools/house.test.ts")
        expect.soft(skipped.exec(text)?.[0], `${path} leaves out a test`).toBeUndefined();
    }
  });
});

/** What the rules say about a planted tree: path below `packages/server/src` → its text. */
function judge(tree: Record<string, string>): string[] {
  const files = Object.entries(tree).map(([path, text]) => readSource(`packages/server/src/${path}`, text));
  return violations(files).map((sentence) => sentence.replaceAll("packages/server/src/", ""));
}

describe("the rules catch a planted", () => {
  it.each([
    [
      "import going up",
      { "ledger/a.ts": `import "../tokens/index.ts";` },
      "ledger/a.ts imports tokens/index.ts; imports go down only",
    ],
    [
      "import going sideways",
      { "apps/a.ts": `export { b } from "../keys/index.ts";` },
      "apps/a.ts imports keys/index.ts; imports go down only",
    ],
    [
      "type going up",
      { "kernel/a.ts": `type T = import("../config/config.ts").Config;` },
      "kernel/a.ts imports config/config.ts; imports go down only",
    ],
    [
      "lazy import going up",
      { "kernel/a.ts": `await import("../ui/a.ts");` },
      "kernel/a.ts imports ui/a.ts; imports go down only",
    ],
    [
      "way round a door",
      { "oauth/a.ts": `import { b } from "../tokens/b.ts";` },
      "oauth/a.ts imports tokens/b.ts, not its room's door",
    ],
    [
      "import of what tests stand on",
      { "server.ts": `import "./testing/a.ts";` },
      "server.ts imports testing/a.ts; imports go down only",
    ],
    [
      "way out",
      { "server.ts": `import "../../cli/src/a.ts";` },
      "server.ts imports packages/cli/src/a.ts, outside the server's source",
    ],
    ["room on no floor", { "utils/a.ts": "" }, `utils/a.ts stands in "utils", which is on no floor`],
    ["open door", { "ledger/index.ts": `export * from "./a.ts";` }, "ledger/index.ts exports *; doors export by name"],
    [
      "query outside",
      { "ledger/a.ts": `import { sql } from "kysely";` },
      "ledger/a.ts imports kysely; only *.sql.ts and store/ do",
    ],
    [
      "dialect outside",
      { "ledger/a.sql.ts": "if (db.kind === `sqlite`) f();" },
      `ledger/a.sql.ts spells "sqlite"; only store/ knows which database it is`,
    ],
    ["clock", { "apps/a.ts": "f(Date.now());" }, "apps/a.ts spells Date.now; time and chance come with the context"],
    ["date", { "apps/a.ts": "f(new Date());" }, "apps/a.ts spells new Date(); time and chance come with the context"],
    [
      "chance",
      { "apps/a.ts": `import { randomUUID } from "node:crypto";` },
      "apps/a.ts spells randomUUID; time and chance come with the context",
    ],
    [
      "member of crypto",
      { "apps/a.ts": "crypto.getRandomValues(b);" },
      "apps/a.ts spells crypto.getRandomValues; time and chance come with the context",
    ],
    ["process", { "testing/a.ts": "f(process.env.X);" }, "testing/a.ts spells process; the process is another package"],
    ["long file", { "apps/a.ts": "f();\n".repeat(401) }, "apps/a.ts has 401 lines, more than 400"],
    [
      "long function",
      { "apps/a.ts": `\nconst f = () => {${"\n".repeat(70)}};` },
      "apps/a.ts has a function of 71 lines at line 2, more than 70",
    ],
    [
      "ring of types",
      { "apps/a.ts": `import type { B } from "./b.ts";`, "apps/b.ts": `import type { A } from "./a.ts";` },
      "apps/a.ts and apps/b.ts import each other in a ring",
    ],
  ])("%s", (_fault, tree, sentence) => {
    expect(judge(tree)).toEqual([sentence]);
  });

  it("nothing where all is well", () => {
    const tree = {
      "kernel/clock.ts": "export const now = () => Date.now();",
      "store/a.ts": `import { Kysely } from "kysely"; import "../kernel/clock.ts"; open("sqlite");`,
      "ledger/a.sql.ts": `import { sql } from "kysely"; import { b } from "./b.ts"; import "../context.ts";`,
      "ledger/b.ts":
        "// On PostgreSQL a sum would not do; process. and Date.now are words here.\nexport const b = new Date(0);",
      "gateway/a.ts": `import { hold } from "../ledger/index.ts";`,
      "gateway/a.test.ts": `import "../server.ts"; import "../ledger/b.ts"; Date.now();${"\n".repeat(90)}`,
      "testing/a.ts": `import { b } from "../ledger/b.ts"; open("postgres");`,
    };
    expect(judge(tree)).toEqual([]);
  });
});
