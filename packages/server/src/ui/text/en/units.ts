/** Amounts and times that are said in words. */
export const units = {
  /** Less than a cent, which is given as it is written. */
  underCent: (cent: string) => `under ${cent}`,
  justNow: "just now",
  minutesAgo: (minutes: number) => (minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`),
  todayAt: (clock: string) => `today at ${clock}`,
  onDay: (date: string) => `on ${date}`,
  moment: (date: string, clock: string) => `${date}, ${clock} UTC`,
  daysAhead: (moment: string, days: number) => `${moment}, in ${days} days`,
  seconds: (seconds: number) => (seconds === 1 ? "1 second" : `${seconds} seconds`),
  minutes: (minutes: number) => (minutes === 1 ? "1 minute" : `${minutes} minutes`),
};
