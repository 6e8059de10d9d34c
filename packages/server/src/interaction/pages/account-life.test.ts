import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { renderDeleteAccount } from "./delete-account.ts";
import { renderLeaving, renderLeft } from "./leaving.ts";
import { renderPostalAddress } from "./postal-address.ts";
import { renderProfileEdit } from "./profile-edit.ts";
import { renderSessions } from "./sessions.ts";

/** What a stranger would write into every field that takes text. */
const evil = `"><svg onload=alert(1)>'&`;
const at = Date.UTC(2026, 10, 2);
const frame: Frame = { text, now: at, brand: { name: "Acme", accent: "#0b6b57", links: {} } };
const person = { label: evil, csrf: evil };
const session = {
  id: evil,
  device: evil,
  place: evil,
  authenticatedAt: at,
  lastUsedAt: at,
  isCurrent: false,
};
const kinds = [...Object.keys(text.securityEvents.kinds), "toString", evil];
const detail = { device: evil, name: evil, app: evil, provider: evil };
const deletion = {
  person,
  csrf: evil,
  username: evil,
  graceDays: 14,
  hasPassword: true,
  fresh: true,
  isLastOperator: false,
};

const pages: Record<string, string> = {
  sessions: renderSessions(frame, {
    person,
    csrf: evil,
    sessions: [session, { ...session, isCurrent: true, device: "" }],
    events: kinds.map((kind, index) => ({ id: String(index), kind, detail, createdAt: at })),
    older: evil,
    turned: true,
    ended: "one",
  }),
  "profile, edited": renderProfileEdit(frame, {
    person,
    csrf: evil,
    name: evil,
    nickname: evil,
    locale: evil,
    picture: evil,
    problem: "nickname",
  }),
  "postal address": renderPostalAddress(frame, {
    person,
    csrf: evil,
    parts: { street_address: evil, postal_code: evil, locality: evil, region: evil, country: evil },
    isStored: true,
    wrong: "street_address",
  }),
  deletion: renderDeleteAccount(frame, deletion),
  "deletion without a password": renderDeleteAccount(frame, { ...deletion, hasPassword: false, fresh: false }),
  "deletion, nothing to take back": renderDeleteAccount(frame, {
    ...deletion,
    graceDays: 0,
    problem: { kind: "wrong" },
  }),
  left: renderLeft(frame, { dueAt: at }),
  leaving: renderLeaving(frame, { csrf: evil, username: evil, dueAt: at, request: evil, next: evil, late: true }),
};

describe.each(Object.entries(pages))("the page of %s", (_, page) => {
  it("writes whatever strangers wrote as text", () => {
    expect(page).not.toContain("<svg onload");
    expect(page).not.toMatch(/undefined|\[object|NaN/);
  });

  it("has one first heading, no style of its own, and posts with a form token", () => {
    expect(page.split("<h1").length).toBe(2);
    expect(page).not.toMatch(/ style="|<script/);
    for (const form of page.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? []) {
      expect(form).toContain('<input type="hidden" name="csrf"');
    }
  });
});
