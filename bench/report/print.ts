import { type Figure, isReached, lineOf, type Outcome, type Verdict } from "../figures/figure.ts";

const nameWidth = 18;
const valueWidth = 15;

/** A figure as lines for people. */
export function describe({ name, title }: Figure, { rows, verdicts }: Outcome): string {
  const columns = Object.keys(rows[0]!.values);
  const head = columns.map((column) => column.padStart(valueWidth)).join("");
  const lines = rows.map(({ contestant, values }) => {
    const numbers = columns.map((column) => readable(values[column]!).padStart(valueWidth)).join("");
    return `  ${contestant.padEnd(nameWidth)}${numbers}`;
  });
  return [
    `${title} (${name})`,
    `  ${"".padEnd(nameWidth)}${head}`,
    ...lines,
    ...verdicts.map((verdict) => `  ${judge(verdict)}`),
    "",
  ].join("\n");
}

function judge(verdict: Verdict): string {
  const { what, value, target, atMost } = verdict;
  const measured = `${readable(value)} ${what.startsWith("of ") || what.startsWith("by ") ? "× " : ""}${what}`;
  if (target === undefined) return measured;
  const sign = atMost ? "≤" : "≥";
  const line = `target ${sign} ${readable(target)}, its 80 % line ${sign} ${readable(lineOf(verdict)!)}`;
  return `${measured}; ${line}: ${isReached(verdict) ? "reached" : "MISSED"}`;
}

function readable(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(value >= 10 ? 1 : 2);
}
