import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { renderCliLogin } from "./cli-login.ts";
import { renderKeySignIn } from "./key-sign-in.ts";
import { renderSecurity } from "./security.ts";

/** What a stranger would write into every field that takes text. */
const evil = `</textarea>"><svg onload=alert(1)>'&`;
const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: "Acme", accent: "#0b6b57", links: {} },
};
const person = { label: evil, csrf: evil };
const shown = { csrf: evil, text: evil, nonce: evil, walletScript: "/assets/wallet.js" };
const app = { name: evil, host: evil, privacyUrl: "https://a.example/", termsUrl: "https://a.example/" };
const at = Date.UTC(2026, 10, 2);
const key = { id: evil, name: evil, address: evil, scheme: evil, createdAt: at, lastUsedAt: at };

const pages = {
  "sign in": renderKeySignIn(frame, {
    ...shown,
    request: evil,
    next: evil,
    app,
    hotkey: evil,
    problem: { kind: "wrong" },
  }),
  unknown: renderKeySignIn(frame, { ...shown, problem: { kind: "unknown" } }),
  "from the command line": renderCliLogin(frame, {
    csrf: evil,
    username: evil,
    address: evil,
    evidence: { hotkey: evil, signature: evil, nonce: evil },
    person,
  }),
  security: renderSecurity(frame, {
    ...{ person, csrf: evil, fresh: true, keys: [key], unlink: evil, linked: evil },
    ways: [{ href: evil, name: evil, state: evil }],
    link: { ...shown, name: evil, hotkey: evil, problem: "name" },
  }),
};

describe.each(Object.entries(pages))("the page %s", (_name, page) => {
  it("shows what strangers write as they wrote it, and runs nothing of it", () => {
    expect(page).not.toContain("<svg onload");
    expect(page.match(/<\/textarea>/g)?.length ?? 0).toBe(page.match(/<textarea/g)?.length ?? 0);
    expect(page).not.toMatch(/style="|<style|\son\w+="/);
  });

  it("has one heading, ids of their own, and a label for every field", () => {
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fields = [...page.matchAll(/<(?:input|textarea) class="input[^>]*\sid="([^"]*)"/g)].map(([, id]) => id);
    for (const id of fields) expect(page).toContain(`<label for="${id}">`);
  });
});

describe("the pages of hotkeys", () => {
  it("let nobody change anything after a stale sign-in", () => {
    const page = renderSecurity(frame, {
      person,
      csrf: "c",
      fresh: false,
      ways: [],
      keys: [{ ...key, id: "hky_1" }],
      unlink: "hky_1",
    });
    expect(page).not.toContain('action="/account/security');
    expect(page).toContain(`/sign-in?next=${encodeURIComponent("/account/security?unlink=hky_1")}`);
  });

  it("carry the request to the other way of signing in, and back", () => {
    const page = renderKeySignIn(frame, { ...shown, request: "sealed" });
    expect(page).toContain('href="/sign-in?request=sealed"');
    expect(renderKeySignIn(frame, { ...shown, next: "/account/keys?a=1" })).toContain(
      'href="/sign-in?next=%2Faccount%2Fkeys%3Fa%3D1"',
    );
  });
});
