/**
 * Measures Innkeeper beside its peers: `npm run bench [-- name…] [--quick] [--save]`. Everything happens on loopback, and
 * whatever is started is stopped.
 */
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Effort, Outcome } from "./figures/figure.ts";
import { figures } from "./figures/index.ts";
import { pinned, pinSelf } from "./machine/cores.ts";
import { saveBaseline } from "./report/baseline.ts";
import { describe } from "./report/print.ts";
import { createStage } from "./servers/stage.ts";

// A server's first ten seconds are its compiler's: both sides are measured as they run from then on.
const whole: Effort = { rounds: 5, seconds: 1.5, warmSeconds: 10, codes: 2000, streams: 500 };
const quick: Effort = { rounds: 3, seconds: 0.3, warmSeconds: 0.3, codes: 300, streams: 300 };
/** Beside the code, because the folder for temporary files may stand in memory, where commits cost nothing. */
const folder = fileURLToPath(new URL(".data", import.meta.url));

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, save: { type: "boolean", default: false } },
});
const unknown = names.filter((name) => !figures.some((figure) => figure.name === name));
if (unknown.length > 0) {
  const known = figures.map((figure) => figure.name).join(", ");
  process.stderr.write(`There is no figure ${unknown.join(", ")}. There are: ${known}.\n`);
  process.exit(1);
}

if (flags.save && names.length > 0) {
  process.stderr.write("Only a run of all figures can be saved.\n");
  process.exit(1);
}

pinSelf();
const effort = flags.quick ? quick : whole;
const manner = pinned ? "server on core 0, load on core 1" : "not pinned: figures disturb each other";
process.stdout.write(
  `Node ${process.version}, SQLite with synchronous=FULL, ${manner}, medians of ${effort.rounds}.\n\n`,
);

await rm(folder, { recursive: true, force: true });
await mkdir(folder);
const stage = createStage(folder);
const outcomes = new Map<string, Outcome>();
try {
  for (const figure of figures) {
    if (names.length > 0 && !names.includes(figure.name)) continue;
    const outcome = await figure.measure(stage, effort);
    outcomes.set(figure.name, outcome);
    process.stdout.write(`${describe(figure, outcome)}\n`);
  }
} finally {
  await stage.stop();
  await rm(folder, { recursive: true, force: true });
}
if (flags.save) await saveBaseline(outcomes, { node: process.version, pinned, ...effort });
