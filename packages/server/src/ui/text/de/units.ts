import type { units as model } from "../en/units.ts";

export const units: typeof model = {
  underCent: (cent) => `unter ${cent}`,
  justNow: "gerade eben",
  minutesAgo: (minutes) => (minutes === 1 ? "vor 1 Minute" : `vor ${minutes} Minuten`),
  todayAt: (clock) => `heute um ${clock} Uhr`,
  onDay: (date) => `am ${date}`,
  moment: (date, clock) => `${date}, ${clock} Uhr UTC`,
  daysAhead: (moment, days) => `${moment}, in ${days} Tagen`,
  seconds: (seconds) => (seconds === 1 ? "1 Sekunde" : `${seconds} Sekunden`),
  minutes: (minutes) => (minutes === 1 ? "1 Minute" : `${minutes} Minuten`),
};
