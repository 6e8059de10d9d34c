import type { Period } from "../config/config.ts";

const dayMs = 86_400_000;

/** One turn of a budget's period, in epoch milliseconds. It is known by its start alone, however the clock jumps. */
export interface Turn {
  startsAt: number;
  /** The first moment of the next turn; null for a total, which never turns. */
  endsAt: number | null;
}

/** The turn a moment falls into: days, weeks from Monday (ISO 8601) and months, all of them in UTC. */
export function turnAt(period: Period, now: number): Turn {
  const today = now - (now % dayMs);
  switch (period) {
    case "day":
      return { startsAt: today, endsAt: today + dayMs };
    case "week": {
      // The first of January 1970 was a Thursday.
      const monday = today - ((today / dayMs + 3) % 7) * dayMs;
      return { startsAt: monday, endsAt: monday + 7 * dayMs };
    }
    case "month": {
      const date = new Date(today);
      const month = date.getUTCMonth();
      return {
        startsAt: Date.UTC(date.getUTCFullYear(), month, 1),
        endsAt: Date.UTC(date.getUTCFullYear(), month + 1, 1),
      };
    }
    case "total":
      return { startsAt: 0, endsAt: null };
  }
}

export function isWithin({ startsAt, endsAt }: Turn, now: number): boolean {
  return startsAt <= now && (endsAt === null || now < endsAt);
}
