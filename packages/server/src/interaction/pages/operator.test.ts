import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { renderLinkedProviders } from "./linked-providers.ts";
import { renderOperatorAudit } from "./operator-audit.ts";
import type { Staff } from "./operator-frame.ts";
import { renderOperatorLedger } from "./operator-ledger.ts";
import { type OperatorUserProps, renderOperatorUser } from "./operator-user.ts";
import { renderOperatorUsers, type UserFace } from "./operator-users.ts";
import { providerButtons } from "./provider-buttons.ts";
import { renderSignIn } from "./sign-in.ts";
import { renderSignUp } from "./sign-up.ts";
import { renderUpstreamRefused } from "./upstream-refused.ts";

const evil = `"><svg onload=alert(1)>'&`;
const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: "Acme", accent: "#0b6b57", links: {} },
};
const person = { label: evil, csrf: evil };
const staff: Staff = { person, rooms: ["users", "audit", "ledger"] };
const user: UserFace = {
  id: evil,
  username: evil,
  displayName: evil,
  email: evil,
  emailVerified: false,
  role: "user",
  state: "active",
  createdAt: 1,
};
const sheet: OperatorUserProps = {
  staff,
  user: {
    ...user,
    ways: { password: true, passkeys: 1, hotkeys: 1, providers: [evil] },
    secondFactor: { recoveryCodes: 1 },
    sessions: 1,
    wallet: { id: evil, balanceMicros: 1_000_000, heldMicros: 0 },
    apps: [{ name: evil, scopes: [evil], since: 1 }],
  },
  change: { csrf: evil, fresh: true, isSelf: false, once: evil, amount: evil },
};
const line = { id: evil, at: 1, actor: evil, action: evil, subject: evil, detail: evil };
const entry = {
  seq: 1,
  at: 1,
  kind: evil,
  from: evil,
  to: evil,
  amountMicros: 1,
  balanceAfterMicros: 1,
  reference: evil,
};
const providers = [{ id: evil, name: evil }];
const linked = { id: evil, label: evil, provider: evil, createdAt: 1, lastUsedAt: 1 };

const pages: Record<string, string> = {
  "of all users": renderOperatorUsers(frame, { staff, words: evil, users: [user], before: evil, olderBefore: evil }),
  "of one user": renderOperatorUser(frame, { ...sheet, refused: "invalid_amount" }),
  "of one user, for an old sign-in": renderOperatorUser(frame, {
    ...sheet,
    change: { ...sheet.change!, fresh: false },
  }),
  "of the audit log": renderOperatorAudit(frame, {
    staff,
    asked: { actor: evil, action: evil, subject: evil },
    lines: [line],
    olderBefore: evil,
  }),
  "of the ledger": renderOperatorLedger(frame, {
    staff,
    wallet: evil,
    found: { balanceMicros: 1, heldMicros: 0, entries: [entry] },
    olderBefore: evil,
  }),
  "of linked accounts": renderLinkedProviders(frame, {
    person,
    csrf: evil,
    fresh: true,
    linked: [linked],
    providers,
    remove: evil,
    done: { linked: evil },
  }),
  "of a refusal": renderUpstreamRefused(frame, { why: "taken", provider: evil, request: evil, next: evil }),
  "of signing in": renderSignIn(frame, { csrf: evil, offers: [providerButtons(frame, providers, { csrf: evil })] }),
  "of signing up": renderSignUp(frame, { csrf: evil, elsewhere: { providers, csrf: evil, auth_method: evil } }),
};

describe.each(Object.entries(pages))("the page %s", (_name, page) => {
  it("shows what strangers write as they wrote it, and runs nothing of it", () => {
    expect(page).not.toContain("<svg onload");
    expect(page).not.toMatch(/style="|<style|\son\w+="|<script/);
  });

  it("has one heading, ids of their own, and a name for every field", () => {
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [field, id] of page.matchAll(/<(?:input class="input|input|select)[^>]*\sid="([^"]*)"[^>]*>/g)) {
      expect(page.includes(`<label for="${id}">`) || field.includes("aria-label")).toBe(true);
    }
  });
});

describe("the pages of operators", () => {
  it("[Y01] offer no form to whoever only reads", () => {
    const page = renderOperatorUser(frame, { ...sheet, change: undefined });
    expect(page).not.toContain('action="/operator/user/');
  });

  it("lead nowhere a role may not go", () => {
    const support = renderOperatorUser(frame, { ...sheet, staff: { person, rooms: ["users"] }, change: undefined });
    expect(support).not.toMatch(/href="\/operator\/(?:audit|ledger)/);
  });
});
