import type { units as model } from "../en/units.ts";

export const units: typeof model = {
  underCent: (cent) => `${cent}未満`,
  justNow: "たった今",
  minutesAgo: (minutes) => `${minutes}分前`,
  todayAt: (clock) => `今日 ${clock}`,
  onDay: (date) => date,
  moment: (date, clock) => `${date} ${clock}（UTC）`,
  daysAhead: (moment, days) => `${moment}、${days}日後`,
  seconds: (seconds) => `${seconds}秒`,
  minutes: (minutes) => `${minutes}分`,
};
