import { renderConsent } from "../../packages/server/src/interaction/pages/consent.ts";
import { renderDevice, renderDeviceDone } from "../../packages/server/src/interaction/pages/device.ts";
import { type FatalReason, renderFatalError } from "../../packages/server/src/interaction/pages/fatal-error.ts";
import { renderNotFound } from "../../packages/server/src/interaction/pages/not-found.ts";
import { renderRefusal } from "../../packages/server/src/interaction/pages/refusal.ts";
import { renderServerError } from "../../packages/server/src/interaction/pages/server-error.ts";
import { renderSignIn } from "../../packages/server/src/interaction/pages/sign-in.ts";
import { renderSignedOut, renderSignOut } from "../../packages/server/src/interaction/pages/sign-out.ts";
import { renderSignUp } from "../../packages/server/src/interaction/pages/sign-up.ts";
import { renderStaleConsent } from "../../packages/server/src/interaction/pages/stale-consent.ts";
import { fieldnotes, localTool, longName, storyteller } from "./apps.ts";
import { frame, longBrand, person } from "./frame.ts";
import { asked, titled } from "./scopes.ts";

const csrf = "7b1f";
const request = "sealed-request";
const policies = { privacyUrl: "https://storyteller.example/privacy", termsUrl: "https://storyteller.example/terms" };
const asking = { ...storyteller, madeBy: "Kit Larkin", since: Date.UTC(2026, 10, 2), people: 41 };

export const know = [asked("openid"), asked("profile"), asked("email", true), asked("offline_access", true)];

export const spending = {
  permissions: [asked("gateway:access"), asked("billing:read", true)],
  workspaces: [{ id: "ws_1", name: "Personal", leftMicros: 24_180_000 }],
  cap: { amount: "10.00", period: "month" as const },
  proposal: { limitMicros: 10_000_000, period: "month" as const },
  fallback: { limitMicros: 5_000_000, period: "month" as const },
};

const waiting = { userCode: "WDJB-MJHT", action: "/device/consent" };

const further = {
  csrf,
  request,
  person,
  app: { ...fieldnotes, since: Date.UTC(2025, 2, 4), people: 12_480 },
};
const kept = [titled("openid"), titled("profile"), titled("email")].map(({ title }) => title);

const reasons = Object.keys(frame.text.fatal.reasons) as FatalReason[];
const fatal = reasons.map((reason) => {
  const name = `fatal-${reason.replaceAll("_", "-")}`;
  return [name, renderFatalError(frame, { error: "invalid_request", reason, reference: "req_01jd7q3f9k" })] as const;
});

export const doorPreviews: Record<string, string> = {
  "sign-in": renderSignIn(frame, { csrf, request, app: { ...storyteller, ...policies } }),
  "sign-in-plain": renderSignIn(frame, { csrf }),
  "sign-in-wrong": renderSignIn(frame, {
    csrf,
    request,
    app: { ...storyteller, ...policies },
    login: "maya",
    problem: { kind: "wrong" },
  }),
  "sign-in-wait": renderSignIn(frame, { csrf, login: "maya", problem: { kind: "wait", milliseconds: 200_000 } }),
  "sign-in-expired": renderSignIn(frame, { csrf, login: "maya", problem: { kind: "expired" } }),
  "sign-up": renderSignUp(frame, { csrf, request, app: storyteller }),
  "sign-up-errors": renderSignUp(frame, {
    csrf,
    values: { name: "Maya Fennick", username: "maya", email: "maya@fennick" },
    errors: { username: "taken", email: "form", password: "common", terms: "missing" },
  }),
  consent: renderConsent(frame, { csrf, request, person, app: asking, know, spending }),
  "consent-review": renderConsent(frame, {
    csrf,
    request,
    person,
    app: asking,
    know: know.map((permission) => ({ ...permission, ticked: true })),
    spending: {
      ...spending,
      cap: { amount: "12", period: "month", day: "2.00", until: "2027-02-01" },
      review: {
        caps: [
          { limitMicros: 12_000_000, period: "month" },
          { limitMicros: 2_000_000, period: "day" },
        ],
        until: Date.UTC(2027, 1, 1),
      },
    },
  }),
  "consent-error": renderConsent(frame, {
    csrf,
    request,
    person,
    app: { ...localTool, since: Date.UTC(2026, 10, 21), people: 1 },
    know,
    spending: {
      ...spending,
      proposal: undefined,
      cap: { amount: "900", period: "month" },
      ceilings: { day: 20_000_000, month: 200_000_000 },
      error: { field: "amount", kind: "aboveCeiling", ceilingMicros: 200_000_000, period: "month" },
    },
  }),
  "consent-changed": renderConsent(frame, {
    csrf,
    request,
    person,
    app: { ...asking, changedAt: frame.now - 86_400_000 },
    know,
    spending,
  }),
  "consent-identity": renderConsent(frame, { csrf, request, person, app: asking, know }),
  "consent-device": renderConsent(frame, { csrf, request, person, app: asking, know, spending, device: waiting }),
  device: renderDevice(frame, { csrf, person, next: "/device" }),
  "device-confirm": renderDevice(frame, { csrf, person, code: waiting.userCode, confirm: true, next: "/device" }),
  "device-wrong": renderDevice(frame, { csrf, person, code: "wdjb-mjh", problem: { kind: "wrong" }, next: "/device" }),
  "device-taken": renderDevice(frame, {
    ...{ csrf, person, code: waiting.userCode, next: "/device" },
    problem: { kind: "taken" },
  }),
  "device-wait": renderDevice(frame, {
    ...{ csrf, person, code: waiting.userCode, next: "/device" },
    problem: { kind: "wait", milliseconds: 3_400_000 },
  }),
  "device-approved": renderDeviceDone(frame, { person, app: storyteller, outcome: "approved" }),
  "device-denied": renderDeviceDone(frame, { person, app: storyteller, outcome: "denied" }),
  "device-expired": renderDeviceDone(frame, { person, app: storyteller, outcome: "expired" }),
  "consent-more": renderConsent(frame, {
    ...further,
    know: [asked("account:read")],
    before: {
      titles: [...kept, titled("gateway:access").title],
      at: Date.UTC(2026, 2, 4),
      bill: { cap: { limitMicros: 25_000_000, period: "month" }, spentMicros: 6_420_000, payer: "Personal" },
    },
  }),
  "consent-more-spending": renderConsent(frame, {
    ...further,
    app: { ...longName, since: Date.UTC(2025, 2, 4), people: 12_480 },
    know: [],
    spending,
    before: { titles: kept, at: Date.UTC(2026, 2, 4) },
  }),
  "consent-long-brand": renderConsent(longBrand, { csrf, request, person, app: asking, know, spending }),
  ...Object.fromEntries(fatal),
  "consent-stale": renderStaleConsent(frame, "/idp/authorize/consent?request=sealed"),
  "server-error": renderServerError(frame, { reference: "req_01jd7q3f9k" }),
  "server-busy": renderServerError(frame, { reference: "req_01jd7q3f9k", busy: true }),
  "not-found": renderNotFound(frame),
  "sign-out": renderSignOut(frame, person),
  "signed-out": renderSignedOut(frame),
  refusal: renderRefusal(frame, "invalid-redirect-uri"),
};
