/**
 * `npm test`: every check of the repository in order, and one closing line, `N passed, N failed`.
 *
 *     npm test -- --quick     without PostgreSQL and browser
 *     npm test -- --full      with the long rounds (also: npm run test:full)
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromiumMissing, findChromium, installChromium, isShell } from "./chromium.ts";

type Count = { passed: number; failed: number; skipped: number };
type Check = { name: string; run(): Promise<Count> };

const root = fileURLToPath(new URL("..", import.meta.url));
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const { values: asked } = parseArgs({ options: { quick: { type: "boolean" }, full: { type: "boolean" } } });
if (asked.quick) process.env.INNKEEPER_QUICK = "1";
if (asked.full) process.env.INNKEEPER_FULL = "1";

const checks: Check[] = [
  {
    name: "Format and lint",
    run: async () => verdict(await runTool("@biomejs/biome", "biome", ["check", "--error-on-warnings"])),
  },
  { name: "Types", run: async () => verdict(await runTool("typescript", "tsc", ["--noEmit"])) },
  { name: `Tests on SQLite${asked.quick ? "" : " and PostgreSQL"}`, run: () => runVitest("rooms", "timing") },
  { name: "Races and kills; pages and clients in Chromium", run: runRacesAndBrowser },
];

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
const failures: string[] = [];
for (const { name, run } of checks) {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 76 - name.length))}\n`);
  const started = performance.now();
  const count = await run();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  summary.push(
    `${count.failed ? "✗" : "✓"} ${name}: ${told(count)} (${((performance.now() - started) / 1000).toFixed(0)} s)`,
  );
}
console.log(`\n── Summary ${"─".repeat(69)}\n\n${summary.join("\n")}`);
for (const failure of failures) console.log(`  ✗ ${failure}`);
if (asked.quick) console.log("Quick run: PostgreSQL and the browser were left out.");
console.log(`\n${told(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

function told({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

function verdict(passed: boolean): Count {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** Runs a tool's program by this very Node; true when it ended well. An interruption ends the whole run. */
async function runTool(packageName: string, program: string, args: string[]): Promise<boolean> {
  const description = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(description, "utf8"));
  const file = join(dirname(description), typeof bin === "string" ? bin : bin[program]);
  const tool = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const interrupt = (signal: NodeJS.Signals) => {
    tool.kill(signal);
    tool.once("close", () => process.exit(1));
  };
  for (const signal of signals) process.on(signal, interrupt);
  const code = await new Promise((end) => tool.once("close", end));
  for (const signal of signals) process.off(signal, interrupt);
  return code === 0;
}

async function runVitest(...projects: string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "innkeeper-report-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ended = await runTool("vitest", "vitest", [
    "run",
    ...projects.map((name) => `--project=${name}`),
    ...reporters,
  ]);
  try {
    const results = JSON.parse(readFileSync(report, "utf8"));
    failures.push(...failedTests(results.testResults));
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results;
    // A file that does not even load, or an error outside every test, is a failure that no test counts.
    const uncounted = !ended && numFailedTests === 0 ? 1 : 0;
    return { passed: numPassedTests, failed: numFailedTests + uncounted, skipped: numPendingTests + numTodoTests };
  } catch {
    console.error("The tests ended without a report.");
    return verdict(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type FileResult = { name: string; message: string; assertionResults: { status: string; fullName: string }[] };

function failedTests(files: FileResult[]): string[] {
  return files.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0 && message !== "") return `${file}: ${message.split("\n")[0]}`;
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

/** Together, because each of them leaves half of the machine idle. */
async function runRacesAndBrowser(): Promise<Count> {
  if (asked.quick) {
    console.log("Pages and clients are left out by --quick.");
    return withoutBrowser({ passed: 0, failed: 0, skipped: 1 });
  }
  let chromium = findChromium();
  if (chromium === undefined || (process.env.CI === "true" && !isShell(chromium))) installChromium();
  chromium = findChromium();
  if (chromium !== undefined) {
    process.env.INNKEEPER_CHROMIUM = chromium;
    return runVitest("races", "browser");
  }
  console.error(chromiumMissing);
  return withoutBrowser(process.env.CI === "true" ? verdict(false) : { passed: 0, failed: 0, skipped: 1 });
}

async function withoutBrowser(pages: Count): Promise<Count> {
  const races = await runVitest("races");
  return { passed: races.passed, failed: races.failed + pages.failed, skipped: races.skipped + pages.skipped };
}
