import { defineConfig } from "vitest/config";

/** Everything that needs no browser. PostgreSQL starts by itself on first use. */
const server = [
  "packages/*/{src,test}/**/*.test.ts",
  "examples/**/*.test.ts",
  "bench/**/*.test.ts",
  "tools/**/*.test.ts",
];

/** Pages in real Chromium and other people's clients, against a whole running server: one file at a time. */
const browser = ["e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    globalSetup: "tools/test-databases.ts",
    projects: [
      { extends: true, test: { name: "server", include: server } },
      { extends: true, test: { name: "browser", include: browser, fileParallelism: false } },
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
