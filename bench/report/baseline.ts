import { writeFile } from "node:fs/promises";
import { isReached, lineOf, type Outcome } from "../figures/figure.ts";

const file = new URL("../baseline.json", import.meta.url);

/** Keeps the figures beside the code, to be compared by their ratios: absolute ones belong to one machine and hour. */
export async function saveBaseline(outcomes: ReadonlyMap<string, Outcome>, circumstances: object): Promise<void> {
  const figures = Object.fromEntries(
    [...outcomes].map(([name, { rows, verdicts }]) => [
      name,
      {
        measured: Object.fromEntries(rows.map(({ contestant, values }) => [contestant, roundAll(values)])),
        verdicts: verdicts.map((verdict) => ({
          ...roundAll({ ...verdict }),
          ...(verdict.target !== undefined && { line: round(lineOf(verdict)!), reached: isReached(verdict) }),
        })),
      },
    ]),
  );
  await writeFile(file, `${JSON.stringify({ ...circumstances, figures }, null, 2)}\n`);
}

function roundAll(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? round(value) : value]),
  );
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toFixed(2));
}
