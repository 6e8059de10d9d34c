import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, "utf8");
const documents = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", "bench/**/*.md"], {
  cwd: root,
  exclude: (name) => name.split(/[\\/]/).includes("node_modules"),
});

describe("the documents", () => {
  it("run programs with the Node that the workspace brings, for the machine's own may be too old", () => {
    const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
    for (const path of documents) {
      const text = read(path);
      expect.soft(text.match(/\bnode [\w./-]+\.ts\b/g), path).toBeNull();
      for (const [, file] of text.matchAll(/\bnpm run node -- ([\w./-]+\.m?[jt]s)\b/g)) {
        expect.soft(globSync(file!, { cwd: root }), `${path} names ${file}`).toHaveLength(1);
      }
      for (const [, script] of text.matchAll(/\bnpm run ([\w:]+)/g)) expect.soft(scripts, path).toContain(script);
    }
  });

  it("in docs are all named by the README", () => {
    const named = [...read("README.md").matchAll(/\]\((docs\/[\w/-]+\.md)\)/g)].map(([, path]) => path);
    // The pages in docs/errors are reached from their own README.
    expect(new Set(named)).toEqual(new Set(globSync(["docs/*.md", "docs/errors/README.md"], { cwd: root })));
  });
});
