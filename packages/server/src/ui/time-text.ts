/** Times as people read them, in UTC. In: epoch milliseconds. */

const minute = 60_000;
const day = 86_400_000;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `21 November 2026`. */
export function dateText(at: number): string {
  return `${plainDateText(at)} ${new Date(at).getUTCFullYear()}`;
}

/** `21 November`. */
export function plainDateText(at: number): string {
  return `${new Date(at).getUTCDate()} ${monthName(at)}`;
}

/** `21 Nov`, for tight places. */
export function shortDateText(at: number): string {
  return `${new Date(at).getUTCDate()} ${monthName(at).slice(0, 3)}`;
}

/** `21 Nov 2026`. */
export function shortFullDateText(at: number): string {
  return `${shortDateText(at)} ${new Date(at).getUTCFullYear()}`;
}

/** `November 2026`. */
export function monthText(at: number): string {
  return `${monthName(at)} ${new Date(at).getUTCFullYear()}`;
}

export function monthName(at: number): string {
  return months[new Date(at).getUTCMonth()]!;
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
export function momentText(at: number): string {
  return `${dateText(at)}, ${clockText(at)} UTC`;
}

/** `2026-11-21`, as a date field holds it. */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When a cap starts again: `1 December, 00:00 UTC`, with the days when they are few and the year when it is another. */
export function resetText(at: number, now: number): string {
  const date = isSameYear(at, now) ? plainDateText(at) : dateText(at);
  return `${date}, ${clockText(at)} UTC${daysAhead(at, now)}`;
}

/** When something was last used: minutes, then the hour of today, then the date. */
export function lastUseText(at: number, now: number): string {
  const ago = now - at;
  if (ago < minute) return "just now";
  if (ago < 60 * minute) return ago < 2 * minute ? "1 minute ago" : `${Math.floor(ago / minute)} minutes ago`;
  if (isSameDay(at, now)) return `today at ${clockText(at)}`;
  return `on ${isSameYear(at, now) ? plainDateText(at) : dateText(at)}`;
}

/** How long to wait, rounded up: seconds under a minute, else minutes. */
export function waitText(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

export function isSameDay(one: number, other: number): boolean {
  return isoDate(one) === isoDate(other);
}

function isSameYear(one: number, other: number): boolean {
  return new Date(one).getUTCFullYear() === new Date(other).getUTCFullYear();
}

function daysAhead(at: number, now: number): string {
  const days = Math.ceil((at - now) / day);
  if (days < 2 || days > 6) return "";
  return `, in ${days} days`;
}
