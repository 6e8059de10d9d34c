import { defineConfig } from "vitest/config";

/** Races, crashes, and measurements of time: they want the machine for themselves, so they run after the others, one by one. */
const alone = ["packages/*/test/{races,timing,crash}/**/*.test.ts"];

/** Pages in real Chromium and other people's clients, against a whole running server. */
const browser = ["e2e/**/*.test.ts"];

/** Everything else. PostgreSQL starts by itself on first use. */
const rooms = [
  "packages/*/{src,test}/**/*.test.ts",
  "examples/**/*.test.ts",
  "bench/**/*.test.ts",
  "tools/**/*.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: "tools/test-databases.ts",
    pool: "forks",
    maxWorkers: 2,
    // Loading the sources anew for every file would take longer than the tests: nothing here lives in a module.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "rooms", include: rooms, exclude: ["**/node_modules/**", ...alone] } },
      {
        extends: true,
        test: { name: "alone", include: alone, fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: "browser", include: browser, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
