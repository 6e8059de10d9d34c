import type { IdentityProvider } from "../load/identity-provider.ts";
import { type Load, type Round, runRound } from "../load/round.ts";
import type { Stage } from "../servers/stage.ts";
import { alternate, type Effort, type Figure, median, type Outcome, type Row } from "./figure.ts";

/** Who takes part in a comparison of rates. The first one is ours. */
export interface Contestant {
  name: string;
  /** Called before every round. */
  prepare(): Promise<Omit<Load, "seconds">>;
}

export const connections = 32;

/** Loads the contestants in turns, and tells what each does in a second. */
export async function compareRates(contestants: readonly Contestant[], effort: Effort): Promise<Row[]> {
  const load = async (contestant: Contestant, seconds: number) =>
    runRound({ ...(await contestant.prepare()), seconds });
  for (const contestant of contestants) await load(contestant, effort.warmSeconds);
  const results = await alternate(contestants, effort.rounds, (contestant) => load(contestant, effort.seconds));
  return contestants.map(({ name }, index) => ({ contestant: name, values: summarize(results[index]!) }));
}

function summarize(rounds: Round[]): Row["values"] {
  return {
    "per second": median(rounds.map((round) => round.perSecond)),
    "CPU µs": median(rounds.map((round) => round.cpuMicros)),
  };
}

interface PeerFigure {
  name: string;
  title: string;
  /** How many times as much as oidc-provider. */
  target?: number;
  /** The floor takes part; how much of it the design wants, where it says so. */
  floor?: { target?: number };
  prepare(idp: IdentityProvider, effort: Effort): Promise<Load["operation"]>;
}

/** A figure that both identity providers are asked for in the same words. */
export function besidePeer({ name, title, target, floor, prepare }: PeerFigure): Figure {
  return {
    name,
    title,
    async measure(stage: Stage, effort: Effort): Promise<Outcome> {
      const contestants = [await stage.innkeeper(), await stage.peer(), ...(floor ? [await stage.floor()] : [])].map(
        (idp): Contestant => ({
          name: idp.name,
          prepare: async () => ({
            program: idp.program,
            connections,
            awake: true,
            operation: await prepare(idp, effort),
          }),
        }),
      );
      const rows = await compareRates(contestants, effort);
      return { rows, verdicts: [...compare(rows, "oidc-provider", target), ...compareFloor(rows, floor?.target)] };
    },
  };
}

/** How near we are to what is possible here, and how far from the peer that itself is. */
function compareFloor([ours, theirs, floor]: Row[], target: number | undefined): Outcome["verdicts"] {
  if (!floor) return [];
  const rate = (row: Row) => row.values["per second"]!;
  return [
    { what: "of the floor", value: rate(ours!) / rate(floor), target },
    { what: "the floor, of oidc-provider", value: rate(floor) / rate(theirs!) },
  ];
}

/** By what is done in a second, which counts, and by processor time, which a busy machine disturbs less. */
export function compare([ours, theirs]: Row[], name: string, target: number | undefined): Outcome["verdicts"] {
  const ratio = (column: string) => ours!.values[column]! / theirs!.values[column]!;
  return [
    { what: `of ${name}`, value: ratio("per second"), target },
    { what: "by CPU", value: 1 / ratio("CPU µs") },
  ];
}
