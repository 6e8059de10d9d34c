/** Times as people read them, in UTC. In: epoch milliseconds. */
import { habits, type Language } from "./language.ts";
import { unitsOf } from "./text/units.ts";

const minute = 60_000;
const day = 86_400_000;

const shapes = {
  date: { day: "numeric", month: "long", year: "numeric" },
  plainDate: { day: "numeric", month: "long" },
  shortDate: { day: "numeric", month: "short" },
  shortFullDate: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
  monthName: { month: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `21 November 2026`. */
export function dateText(at: number, language: Language = "en"): string {
  return formatOf("date", language).format(at);
}

/** `21 November`. */
export function plainDateText(at: number, language: Language = "en"): string {
  return formatOf("plainDate", language).format(at);
}

/** `21 Nov`, for tight places. */
export function shortDateText(at: number, language: Language = "en"): string {
  return formatOf("shortDate", language).format(at);
}

/** `21 Nov 2026`. */
export function shortFullDateText(at: number, language: Language = "en"): string {
  return formatOf("shortFullDate", language).format(at);
}

/** `November 2026`. */
export function monthText(at: number, language: Language = "en"): string {
  return formatOf("month", language).format(at);
}

export function monthName(at: number, language: Language = "en"): string {
  return formatOf("monthName", language).format(at);
}

/** `14:32`. */
export function clockText(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `14:32:07`. */
export function clockSecondsText(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** `21 November 2026, 14:32 UTC`. */
export function momentText(at: number, language: Language = "en"): string {
  return unitsOf[language].moment(dateText(at, language), clockText(at));
}

/** `2026-11-21`, as a date field holds it. */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When a cap starts again: `1 December, 00:00 UTC`, with the days when they are few and the year when it is another. */
export function resetText(at: number, now: number, language: Language = "en"): string {
  const { moment, daysAhead } = unitsOf[language];
  const text = moment(dayText(at, now, language), clockText(at));
  const days = Math.ceil((at - now) / day);
  return days < 2 || days > 6 ? text : daysAhead(text, days);
}

/** When something was last used: minutes, then the hour of today, then the date. */
export function lastUseText(at: number, now: number, language: Language = "en"): string {
  const { justNow, minutesAgo, todayAt, onDay } = unitsOf[language];
  const ago = now - at;
  if (ago < minute) return justNow;
  if (ago < 60 * minute) return minutesAgo(Math.floor(ago / minute));
  return isSameDay(at, now) ? todayAt(clockText(at)) : onDay(dayText(at, now, language));
}

/** How long to wait, rounded up: seconds under a minute, else minutes. */
export function waitText(milliseconds: number, language: Language = "en"): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
  return seconds < 60 ? unitsOf[language].seconds(seconds) : unitsOf[language].minutes(Math.ceil(seconds / 60));
}

export function isSameDay(one: number, other: number): boolean {
  return isoDate(one) === isoDate(other);
}

/** With the year when it is another. */
function dayText(at: number, now: number, language: Language): string {
  const isSameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return isSameYear ? plainDateText(at, language) : dateText(at, language);
}

/** Making one takes a thousand times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(shape: keyof typeof shapes, language: Language): Intl.DateTimeFormat {
  const name = `${shape} ${language}`;
  const known =
    formats.get(name) ?? new Intl.DateTimeFormat(habits[language].dates, { ...shapes[shape], timeZone: "UTC" });
  formats.set(name, known);
  return known;
}
