import { describe, expect, it } from "vitest";
import { appPagesWith } from "../../testing/app-page-samples.ts";
import { mailPagesWith } from "../../testing/mail-page-samples.ts";
import { assetsFor, type Frame, text } from "../../ui/index.ts";
import { type ConnectedAppsProps, renderConnectedApps } from "./connected-apps.ts";
import { type ConsentProps, renderConsent } from "./consent.ts";
import { renderDevice, renderDeviceDone } from "./device.ts";
import { renderFatalError } from "./fatal-error.ts";
import { renderKeyNew } from "./key-new.ts";
import { renderKeyOnce } from "./key-once.ts";
import { renderKeys } from "./keys.ts";
import { renderLimit } from "./limit.ts";
import { renderNotFound } from "./not-found.ts";
import { renderProfile } from "./profile.ts";
import { renderProfileEdit } from "./profile-edit.ts";
import { renderRefusal } from "./refusal.ts";
import { renderSecurity } from "./security.ts";
import { renderServerError } from "./server-error.ts";
import { renderSignIn } from "./sign-in.ts";
import { renderSignedOut, renderSignOut } from "./sign-out.ts";
import { renderSignUp } from "./sign-up.ts";
import { renderStaleConsent } from "./stale-consent.ts";
import { renderUsage, type UsageProps } from "./usage.ts";

/** What a stranger would write into every field that takes text. */
const evil = `"><svg onload=alert(1)>'&`;
const at = Date.UTC(2026, 10, 2);
const frame: Frame = {
  here: "/account/usage",
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: `Acme ${evil}`, accent: "#0b6b57", links: { privacy: "/privacy", terms: "/terms", help: "/help" } },
};
const person = { label: evil, csrf: evil };
const app = { name: evil, host: evil, logoUrl: evil, privacyUrl: evil, termsUrl: evil };
const asking = { ...app, madeBy: evil, since: at, people: 2 };
const permission = (optional: boolean) => ({ scope: evil, title: evil, detail: evil, optional, ticked: optional });
const waiting = { userCode: evil, action: "/device/consent" };
const consent: ConsentProps = {
  csrf: evil,
  request: evil,
  person,
  app: asking,
  know: [permission(false), permission(true)],
  spending: {
    permissions: [permission(false), permission(true)],
    workspaces: [{ id: evil, name: evil, leftMicros: 24_180_000 }],
    cap: { amount: evil, period: "month", day: evil, until: evil },
    fallback: { limitMicros: 5_000_000, period: "month" },
    ceilings: { month: 50_000_000 },
    review: { caps: [{ limitMicros: 5_000_000, period: "month" }], until: at },
  },
};
const before = {
  titles: [evil],
  at,
  bill: { cap: { limitMicros: 1_000_000, period: "day" as const }, spentMicros: 1, payer: evil },
};

const window = { period: "month" as const, limitMicros: 10, spentMicros: 8, heldMicros: 1, resetsAt: at };
const connected: ConnectedAppsProps = {
  person,
  csrf: evil,
  apps: [
    {
      grantId: evil,
      app,
      scopes: [
        { name: "openid", title: evil, spends: false },
        { name: evil, title: evil, spends: true },
        { name: evil, title: evil, spends: false },
      ],
      payer: evil,
      allowedAt: at,
      lastUsedAt: at,
      endsAt: at,
      windows: [window, { ...window, period: "day", spentMicros: 10 }],
      spentThisMonthMicros: 8,
    },
  ],
  revoked: [{ grantId: evil, app, revokedAt: at }],
  showRevoked: true,
};
const usage: UsageProps = {
  person,
  month: { key: evil, startsAt: Date.UTC(2026, 10, 1), endsAt: Date.UTC(2026, 11, 1) },
  months: [{ key: evil, startsAt: at }],
  apps: [1, 2, 3, 4, 5, 6].map((number) => ({ appId: String(number), name: evil, spentMicros: 10 })),
  days: [1, 2, 3, 4, 5, 6].map((number) => ({ at, appId: String(number), spentMicros: 10 })),
  callCount: 3,
  calls: [{ id: evil, at, appId: "6", model: evil, tokensIn: 1, tokensOut: 2, costMicros: 3 }],
  skipped: 1,
  before: evil,
  olderBefore: evil,
};
const receipt = {
  id: evil,
  at,
  app,
  model: evil,
  inputTokens: 10,
  cachedInputTokens: 10,
  outputTokens: 1,
  prices: { input: 1, cachedInput: 1, output: 1, call: 1 },
  costMicros: 3,
  lossMicros: 1,
  heldMicros: 3,
  estimated: true,
  payer: evil,
};
const key = { id: evil, name: evil, hint: evil, app: evil, createdAt: at, windows: [window] };
const user = { id: evil, name: evil, username: evil, email: evil, emailVerified: false, address: evil, createdAt: at };

const pages: Record<string, string> = {
  security: renderSecurity(frame, {
    ...{ person, csrf: "c", fresh: true, keys: [] },
    ways: [{ href: "/account/security/password", name: "Password", state: "Set" }],
  }),
  "profile with a picture": renderProfileEdit(frame, {
    ...{ person, csrf: evil, name: evil, nickname: evil, locale: "de", picture: evil },
  }),
  "sign in": renderSignIn(frame, { csrf: evil, request: evil, app, login: evil, problem: { kind: "wrong" } }),
  "sign in, plain": renderSignIn(frame, { csrf: evil, problem: { kind: "wait", milliseconds: 1 } }),
  "sign up": renderSignUp(frame, {
    csrf: evil,
    request: evil,
    app,
    values: { name: evil, username: evil, email: evil },
    errors: { name: "form", username: "taken", email: "form", password: "common", terms: "missing" },
  }),
  consent: renderConsent(frame, consent),
  "consent with an error": renderConsent(frame, {
    ...consent,
    spending: { ...consent.spending!, error: { field: "day", kind: "form" } },
  }),
  "consent, identity only": renderConsent(frame, { ...consent, spending: undefined }),
  "consent, more": renderConsent(frame, { ...consent, spending: undefined, before }),
  "consent, more spending": renderConsent(frame, { ...consent, before }),
  "consent of a verified app": renderConsent(frame, { ...consent, app: { ...asking, verifiedHost: evil } }),
  "consent of a local program": renderConsent(frame, { ...consent, app: { ...asking, loopback: true } }),
  "consent for a device": renderConsent(frame, { ...consent, device: waiting }),
  device: renderDevice(frame, { csrf: evil, person, code: evil, next: evil }),
  "device, compared": renderDevice(frame, { csrf: evil, person, code: evil, confirm: true, next: evil }),
  "device, wrong": renderDevice(frame, { csrf: evil, person, code: evil, problem: { kind: "wrong" }, next: evil }),
  "device, taken": renderDevice(frame, { csrf: evil, person, code: evil, problem: { kind: "taken" }, next: evil }),
  "device, signed in": renderDeviceDone(frame, { person, app, outcome: "approved" }),
  "connected apps": renderConnectedApps(frame, {
    ...connected,
    tray: { grantId: evil, kind: "change" },
    notice: { kind: "revoked", app: evil },
  }),
  "connected apps, revoking": renderConnectedApps(frame, { ...connected, tray: { grantId: evil, kind: "revoke" } }),
  "no connected apps": renderConnectedApps(frame, { ...connected, apps: [], revoked: [], showRevoked: false }),
  usage: renderUsage(frame, usage),
  "usage with a receipt": renderUsage(frame, { ...usage, receipt: { ...receipt, id: evil } }),
  "no usage": renderUsage(frame, { ...usage, callCount: 0, calls: [], apps: [], days: [] }),
  keys: renderKeys(frame, { person, csrf: evil, keys: [key], revoke: evil, revoked: evil }),
  "keys, pressed twice": renderKeys(frame, { person, csrf: evil, keys: [key], again: true }),
  "no keys": renderKeys(frame, { person, csrf: evil, keys: [] }),
  "new key": renderKeyNew(frame, {
    ...{ person, csrf: evil, fresh: true },
    scopes: [
      { name: evil, title: evil, about: false },
      { name: evil, title: evil, about: true },
    ],
    values: { name: evil, scopes: [evil], amount: evil, period: "month", until: evil },
    faults: { name: "name", scopes: "scopes", amount: "form", until: "date" },
  }),
  "key, shown once": renderKeyOnce(frame, {
    ...{ person, issuer: evil, name: evil, key: evil, spends: true },
    cap: { limitMicros: 5_000_000, period: "month" },
    endsAt: at,
  }),
  profile: renderProfile(frame, { person, user, workspace: { name: evil, balanceMicros: 5, heldMicros: 1 } }),
  limit: renderLimit(frame, {
    person,
    csrf: evil,
    grantId: evil,
    app,
    window,
    reached: true,
    payer: { name: evil, leftMicros: 5 },
    back: { url: evil, host: evil },
    other: evil,
    error: { kind: "notHigher" },
  }),
  "fatal error": renderFatalError(frame, { error: evil, reason: "client_not_found", reference: evil }),
  "stale consent": renderStaleConsent(frame, evil),
  "server error": renderServerError(frame, { reference: evil }),
  "not found": renderNotFound(frame),
  "sign out": renderSignOut(frame, person),
  "sign out, for an app": renderSignOut(frame, person, "sealed"),
  "a refusal explained": renderRefusal(frame, "invalid-redirect-uri"),
  "signed out": renderSignedOut(frame),
  ...mailPagesWith(evil, frame),
  ...appPagesWith(evil, frame, { app: asking, know: consent.know, spending: consent.spending }),
};

interface Tag {
  name: string;
  closing: boolean;
  /** Ends itself, as in SVG. */
  empty: boolean;
  attributes: Record<string, string>;
  /** Where it begins in the page. */
  at: number;
}

const withoutEnd = new Set(["meta", "link", "input", "img"]);

function tagsOf(page: string): Tag[] {
  const tags = page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"=<>/]+(?:="[^"]*")?)*)\s*(\/?)>/g);
  return [...tags].map((match) => {
    const attributes = [...match[3]!.matchAll(/([^\s"=]+)(?:="([^"]*)")?/g)].map((part) => [part[1]!, part[2] ?? ""]);
    const closing = match[1] === "/";
    const empty = match[4] === "/" || withoutEnd.has(match[2]!);
    return { name: match[2]!, closing, empty, attributes: Object.fromEntries(attributes), at: match.index };
  });
}

describe.each(Object.entries(pages))("%s", (_name, page) => {
  const tags = tagsOf(page);
  const opening = tags.filter((tag) => !tag.closing);

  it("is well formed: every < belongs to a tag, every tag is closed in order, every id is single", () => {
    expect(page.replace("<!doctype html>", "").split("<").length - 1).toBe(tags.length);
    const open: string[] = [];
    for (const tag of tags) {
      if (tag.closing) expect(open.pop()).toBe(tag.name);
      else if (!tag.empty) open.push(tag.name);
    }
    expect(open).toEqual([]);
    const ids = opening.flatMap((tag) => tag.attributes.id ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("runs nothing and styles nothing by itself, whatever names say", () => {
    expect(page).not.toContain("<svg onload");
    for (const tag of opening) {
      expect(["script", "style", "iframe", "object", "base"]).not.toContain(tag.name);
      for (const name of Object.keys(tag.attributes)) expect(name).not.toMatch(/^(?:on|style$)/);
    }
  });

  it("has one h1, a language, a skip link, landmarks and tells no referrer", () => {
    expect(opening.filter((tag) => tag.name === "h1")).toHaveLength(1);
    for (const landmark of ["header", "main", "footer"]) {
      expect(opening.filter((tag) => tag.name === landmark)).toHaveLength(1);
    }
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain('<a class="skip" href="#main">');
    expect(page).toContain('<meta name="referrer" content="no-referrer">');
  });

  it("gives every field a name that is read aloud, and every reference a goal", () => {
    const ids = new Set(opening.flatMap((tag) => tag.attributes.id ?? []));
    const labelled = new Set(opening.flatMap((tag) => (tag.name === "label" ? (tag.attributes.for ?? []) : [])));
    for (const field of opening.filter((tag) => ["input", "select", "textarea"].includes(tag.name))) {
      if (field.attributes.type === "hidden") continue;
      const wrapped = page.lastIndexOf("<label", field.at) > page.lastIndexOf("</label>", field.at);
      expect(wrapped || labelled.has(field.attributes.id ?? "") || Boolean(field.attributes["aria-label"])).toBe(true);
    }
    for (const { attributes } of opening) {
      for (const name of ["for", "aria-describedby", "aria-labelledby"]) {
        if (attributes[name] !== undefined) expect(ids).toContain(attributes[name]);
      }
    }
  });

  it("posts with a form token", () => {
    const forms = page.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? [];
    // Strangers choose a language by a cookie of their own; nothing else changes.
    const bound = forms.filter((form) => !form.includes('action="/language"'));
    for (const form of bound) expect(form).toContain('<input type="hidden" name="csrf"');
    expect(forms.length + (page.match(/<form[^>]*method="get"/g) ?? []).length).toBe(page.split("<form").length - 1);
  });
});

describe("the sheet", () => {
  const sheet = assetsFor(frame.brand).sheet.body;
  const named = new Set([...sheet.matchAll(/\.([a-z][a-z0-9-]*)/g)].map((match) => match[1]!));
  const used = new Set(
    Object.values(pages).flatMap((page) => tagsOf(page).flatMap((tag) => (tag.attributes.class ?? "").split(" "))),
  );

  it("names every class that a page uses", () => {
    const handles = new Set(["", "login-submit"]);
    expect([...used].filter((name) => !named.has(name) && !handles.has(name))).toEqual([]);
  });

  it("carries no rule that no page uses", () => {
    expect([...named].filter((name) => !used.has(name))).toEqual([]);
  });

  it("loads nothing from elsewhere", () => {
    expect(sheet).not.toMatch(/@import|url\(|https?:/);
  });
});
