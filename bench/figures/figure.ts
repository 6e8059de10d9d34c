import type { Stage } from "../servers/stage.ts";

/** How much is done for a figure. */
export interface Effort {
  /** How often every contestant has its turn; medians are told. */
  rounds: number;
  /** Of one round. */
  seconds: number;
  /** Before the first round, untold. */
  warmSeconds: number;
  /** Authorization codes that are prepared for one round. */
  codes: number;
  /** Streams held open at once. */
  streams: number;
}

/** What was measured of one contestant, by the names of the columns. */
export interface Row {
  contestant: string;
  values: Record<string, number>;
}

export interface Verdict {
  what: string;
  value: number;
  /** Of the design; what counts as reached is 80 % of it. Undefined where there is none. */
  target?: number;
  /** Whether less is better. */
  atMost?: boolean;
}

export interface Outcome {
  rows: Row[];
  verdicts: Verdict[];
}

/** One line of the table of speeds. */
export interface Figure {
  name: string;
  title: string;
  measure(stage: Stage, effort: Effort): Promise<Outcome>;
}

/** The value that must be reached now, on the way to the target. */
export function lineOf({ target, atMost }: Verdict): number | undefined {
  if (target === undefined) return undefined;
  return atMost ? target / 0.8 : target * 0.8;
}

export function isReached(verdict: Verdict): boolean {
  const line = lineOf(verdict);
  if (line === undefined) return true;
  return verdict.atMost ? verdict.value <= line : verdict.value >= line;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Every contestant once, then again: what disturbs the machine for a while disturbs them all. */
export async function alternate<C, R>(
  contestants: readonly C[],
  rounds: number,
  measure: (contestant: C) => Promise<R>,
): Promise<R[][]> {
  const results: R[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) results[index]!.push(await measure(contestant));
  }
  return results;
}
