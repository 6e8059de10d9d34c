import { describe, expect, it } from "vitest";
import { type Frame, squaresOf, text } from "../../ui/index.ts";
import { renderRecoveryCodes } from "./recovery-codes.ts";
import { renderSecondFactor } from "./second-factor.ts";
import { renderSecondFactorNeeded } from "./second-factor-needed.ts";
import { renderTotp } from "./totp.ts";

/** What a stranger would write into every field that takes text. */
const evil = `"><svg onload=alert(1)>'&`;
const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: evil, accent: "#0b6b57", links: { help: "/help" } },
};
const person = { label: evil, csrf: evil };
const app = { name: evil, host: evil };
const setup = {
  squares: await squaresOf("otpauth://totp/x"),
  uri: "otpauth://totp/x?a=1&b=2",
  key: evil,
  sealed: evil,
};
const factor = { createdAt: Date.UTC(2026, 10, 2), codesLeft: 2 };
const shown = { person, csrf: evil, fresh: true };

const pages = {
  code: renderSecondFactor(frame, { csrf: evil, by: "totp", request: evil, app, problem: { kind: "wrong" } }),
  recovery: renderSecondFactor(frame, { csrf: evil, by: "recovery", next: evil, problem: { kind: "wrong" } }),
  needed: renderSecondFactorNeeded(frame, { person, csrf: evil, request: evil, app, hasPasskey: true }),
  off: renderTotp(frame, { ...shown, removed: true, request: evil }),
  add: renderTotp(frame, { ...shown, request: evil, setup: { ...setup, problem: "wrong" } }),
  remove: renderTotp(frame, { ...shown, factor, open: "remove" }),
  renew: renderTotp(frame, { ...shown, factor: { ...factor, codesLeft: 0 }, open: "renew" }),
  codes: renderRecoveryCodes(frame, { person, codes: [evil], added: true, next: "/account/security/totp" }),
};

describe.each(Object.entries(pages))("the page %s", (_name, page) => {
  it("shows what strangers write as they wrote it, runs nothing, and has no style of its own", () => {
    expect(page).not.toContain("<svg onload");
    expect(page).not.toMatch(/<script|style="|<style|\son\w+="/);
  });

  it("has one heading, ids of their own, a label for every field, and a token in every form that changes something", () => {
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/<input class="input[^>]*\sid="([^"]*)"/g)) {
      expect(page).toContain(`<label for="${id}">`);
    }
    const forms = page.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? [];
    for (const form of forms.filter((each) => !each.includes('action="/language"')))
      expect(form).toContain('name="csrf"');
  });
});

describe("the pages of the second factor", () => {
  it("draw the picture as squares in rows, dark on light, with four light squares around", () => {
    const { size, data } = setup.squares;
    const path = /<path fill="#000" d="([^"]+)"/.exec(pages.add)![1]!;
    const dark = new Set<string>();
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let step = 0; step < Number(length); step++) dark.add(`${Number(x) + step - 4} ${Number(y) - 4}`);
    }
    const expected = [...data.keys()].filter((at) => data[at]).map((at) => `${at % size} ${Math.floor(at / size)}`);
    expect([...dark].sort()).toEqual(expected.sort());
    expect(pages.add).toContain(`viewBox="0 0 ${size + 8} ${size + 8}"`);
  });

  it("offer nothing to change after a stale sign-in, and lead back with what waits", () => {
    const stale = renderTotp(frame, { person, csrf: "c", fresh: false, request: "sealed" });
    expect(stale).not.toContain('action="/account/security/totp');
    expect(stale).toContain(encodeURIComponent("/account/security/totp?add=1&request=sealed"));
    const tray = renderTotp(frame, { person, csrf: "c", fresh: false, factor, open: "remove" });
    expect(tray).not.toContain('action="/account/security/totp');
  });

  it("carry the request from one kind of code to the other", () => {
    const page = renderSecondFactor(frame, { csrf: "c", by: "totp", request: "sealed" });
    expect(page).toContain('href="/idp/login/second?request=sealed&amp;by=recovery"');
    expect(renderSecondFactor(frame, { csrf: "c", by: "totp" })).toContain('href="/idp/login/second?by=recovery"');
    const other = renderSecondFactor(frame, { csrf: "c", by: "recovery", next: "/account/keys" });
    expect(other).toContain('href="/idp/login/second?next=%2Faccount%2Fkeys"');
  });

  it("ask phones for digits, and password managers for a one-time code", () => {
    expect(pages.code).toMatch(/name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/);
    expect(pages.recovery).not.toContain("one-time-code");
  });
});
