import { countText } from "../../money-text.ts";
import { clockSecondsText, clockText, isSameDay, resetText, shortDateText } from "../../time-text.ts";

/** What an app hears from us. */
export const appWebhook = {
  title: "Where we call your app",
  lede: "When somebody revokes or changes what your app may do, and when its secret is replaced, we tell it. Each call is signed.",
  address: "Address",
  addressHelp: "https, on the public internet. Leave it empty to hear nothing.",
  save: "Save address",
  none: "none",
  secret: "Signing secret",
  secretLede: "Your app checks with it that a call is ours. Until the old one ends we sign with both.",
  overlap: "The old one ends",
  makeSecret: "Make a new signing secret",
  deliveries: "What we told it",
  caption: "Events of the last 30 days, newest first",
  attempts: (number: number) => (number === 1 ? "1 attempt" : `${countText(number)} attempts`),
  again: "Send again",
  againOf: (id: string) => `Send again: ${id}`,
  at: (at: number, now: number) =>
    isSameDay(at, now) ? `${clockSecondsText(at)} UTC` : `${shortDateText(at)}, ${clockText(at)} UTC`,
  next: (at: number, now: number) => `Next try on ${resetText(at, now)}.`,
  states: { waiting: "Waiting", sending: "On its way", delivered: "Delivered", given_up: "Given up" },
  test: "Send a test event",
  emptyTitle: "Nothing told yet",
  empty: "Every event appears here for 30 days, with what became of it.",
  position: (first: number, last: number, total: number) =>
    `Events ${countText(first)} to ${countText(last)} of ${countText(total)}`,
  busy: "This event is on its way right now. Look again in a moment.",
  done: {
    saved: "Saved.",
    stopped: "Saved. We no longer call your app.",
    sent: "A test event is on its way. Load this page again to see what became of it.",
    replayed: "The event is sent again, before all that waits.",
  },
};
