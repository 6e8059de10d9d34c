import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { passkeyOffer } from "./passkey-offer.ts";
import { type PasskeysProps, renderPasskeys } from "./passkeys.ts";
import { renderSignIn } from "./sign-in.ts";

const evil = `"><svg onload=alert(1)>'&`;
const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: "Acme", accent: "#0b6b57", links: {} },
};
const passkey = { id: evil, name: evil, syncedAt: 1, createdAt: Date.UTC(2026, 10, 2), lastUsedAt: frame.now };
const props: PasskeysProps = {
  person: { label: evil, csrf: evil },
  csrf: evil,
  fresh: true,
  passkeys: [passkey],
  accepted: evil,
  script: "/assets/passkey.js",
};
const offer = passkeyOffer(frame, { csrf: evil, request: evil, next: evil, options: evil, lifeMs: 1, script: "/a.js" });

const pages: Record<string, string> = {
  "of all passkeys": renderPasskeys(frame, { ...props, remove: evil, added: evil }),
  "that adds one": renderPasskeys(frame, { ...props, add: { options: evil, lifeMs: 1 } }),
  "that renames one": renderPasskeys(frame, { ...props, rename: { id: evil, name: evil }, problem: "name" }),
  "of signing in": renderSignIn(frame, { csrf: evil, offers: [offer], problem: { kind: "passkey" } }),
};

describe.each(Object.entries(pages))("the page %s", (_name, page) => {
  it("shows what strangers write as they wrote it, and runs nothing of it", () => {
    expect(page).not.toContain("<svg onload");
    expect(page).not.toMatch(/style="|<style|\son\w+="|<script>/);
    expect(page.match(/<script src="[^"]+" defer><\/script>/g)).toHaveLength(1);
  });

  it("has one heading, ids of their own, and a label for every field", () => {
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fields = [...page.matchAll(/<input class="input[^>]*\sid="([^"]*)"/g)].map(([, id]) => id);
    for (const id of fields) expect(page).toContain(`<label for="${id}">`);
  });
});

describe("the pages of passkeys", () => {
  it("[W11] hold every button of theirs hidden until the script shows it, and say why", () => {
    const page = renderPasskeys(frame, { ...props, add: { options: "{}", lifeMs: 1 } });
    expect(page).toMatch(/<form [^>]*id="passkey-form"[^>]* hidden /);
    expect(page).toContain("This browser makes no passkeys here");
    expect(offer.toString()).toMatch(/<form [^>]*id="passkey-form"[^>]* hidden /);
  });

  it("[W09] let nobody add or remove after a stale sign-in", () => {
    const page = renderPasskeys(frame, {
      ...props,
      fresh: false,
      passkeys: [{ ...passkey, id: "pky_1" }],
      remove: "pky_1",
    });
    expect(page).not.toMatch(/action="\/account\/security\/passkeys\/(?:add|remove)"/);
    expect(page).toContain(`/sign-in?next=${encodeURIComponent("/account/security/passkeys?remove=pky_1")}`);
  });
});
