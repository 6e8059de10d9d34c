import { defineConfig } from "vitest/config";

/** Measurements of time want the machine for themselves: they run one by one. */
const timing = ["packages/*/test/timing/**/*.test.ts"];

/** Many callers at once, and servers that are killed. */
const races = ["packages/*/test/{races,crash}/**/*.test.ts"];

/** Pages in real Chromium and other people's clients, against a whole running server. */
const browser = ["e2e/**/*.test.ts"];

/** Everything else. PostgreSQL starts by itself on first use. */
const rooms = [
  "packages/*/{src,test}/**/*.test.ts",
  "examples/**/*.test.ts",
  "bench/**/*.test.ts",
  "tools/**/*.test.ts",
];

/** The long rounds leave no processor idle: one file at a time, with as much time as they take. */
const full = process.env.INNKEEPER_FULL === "1";

export default defineConfig({
  test: {
    globalSetup: "tools/test-databases.ts",
    pool: "forks",
    maxWorkers: 2,
    // Loading the sources anew for every file would take longer than the tests: nothing here lives in a module.
    isolate: false,
    testTimeout: full ? 1_200_000 : 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "rooms", include: rooms, exclude: ["**/node_modules/**", ...timing, ...races] } },
      {
        extends: true,
        test: { name: "timing", include: timing, fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      // Both wait for other processes most of the time, so three of their files share two cores.
      { extends: true, test: { name: "races", include: races, maxWorkers: full ? 1 : 3, sequence: { groupOrder: 2 } } },
      { extends: true, test: { name: "browser", include: browser, maxWorkers: 3, sequence: { groupOrder: 2 } } },
    ],
  },
});
