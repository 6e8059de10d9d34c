import { type PhoneProblem, type PhoneProps, renderPhone } from "../../packages/server/src/interaction/pages/phone.ts";
import { frame, longBrand, person } from "./frame.ts";

const room: PhoneProps = { person, csrf: "7b1f", number: null, fresh: true };
const shown = "+44 20 7946 0958";
const pending = { proof: "sealed-proof", number: "+442079460958", shown, revealed: undefined };
const failed = (problem: PhoneProblem, more: Partial<PhoneProps> = {}) =>
  renderPhone(frame, { ...room, problem, ...more });

/** The phone number of an account, in every state. */
export const phonePreviews: Readonly<Record<string, string>> = {
  "account-phone": renderPhone(frame, room),
  "account-phone-own": renderPhone(frame, { ...room, number: shown }),
  "account-phone-stale": renderPhone(frame, { ...room, number: shown, fresh: false }),
  "account-phone-pending": renderPhone(frame, { ...room, pending }),
  "account-phone-development": renderPhone(longBrand, {
    ...room,
    number: shown,
    pending: { ...pending, revealed: "493817" },
  }),
  "account-phone-wrong": failed({ kind: "wrong" }, { pending }),
  "account-phone-number": failed({ kind: "number" }, { written: "030 901820" }),
  "account-phone-limit": failed({ kind: "limit" }, { written: shown }),
  "account-phone-crowded": failed({ kind: "crowded" }, { written: shown }),
  "account-phone-wait": failed({ kind: "wait", milliseconds: 400_000 }, { written: shown }),
  "account-phone-unavailable": failed({ kind: "unavailable" }, { pending }),
  "account-phone-confirmed": renderPhone(frame, { ...room, number: shown, done: "confirmed" }),
  "account-phone-removed": renderPhone(frame, { ...room, done: "removed" }),
};
