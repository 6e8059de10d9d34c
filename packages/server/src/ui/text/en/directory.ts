import { type Content, html } from "../../markup.ts";
import { countText } from "../../money-text.ts";

/** The app directory, for everybody. */
export const directory = {
  title: "App directory",
  lede: (platform: string) => `Apps that sign you in with ${platform}. Each asks before it knows or spends anything.`,
  search: "Find an app",
  submit: "Find",
  all: "All apps",
  found: (total: number, search: string) => `${total === 1 ? "1 app" : `${countText(total)} apps`} with “${search}”`,
  total: (total: number) => (total === 1 ? "1 app" : `${countText(total)} apps`),
  madeBy: (owner: string) => `By ${owner}`,
  noHomepage: "No homepage",
  noDescription: "The makers have not described it.",
  crowd: {
    none: "New here",
    few: "Under 10 people",
    tens: "10 people or more",
    hundreds: "100 people or more",
    thousands: "1,000 people or more",
  },
  emptyTitle: "No app is listed yet",
  empty: "Apps appear here when their makers list them.",
  nothingTitle: "No app fits",
  nothing: (link: Content) => html`Try another word, or see ${link}.`,
  position: (first: number, last: number, total: number) =>
    `Apps ${countText(first)} to ${countText(last)} of ${countText(total)}`,
  newer: "Newer",
  older: "Older",
};
