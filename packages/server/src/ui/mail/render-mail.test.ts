import { describe, expect, it } from "vitest";
import { dark, light } from "../styles/tokens.ts";
import { adaptAccent, contrast } from "../theme.ts";
import { renderMail } from "./render-mail.ts";

const evil = `"><img src=x onerror=alert(1)>'&`;
const from = { brand: { name: "Acme", accent: "#ffd400" }, issuer: "https://id.acme.example" };
const mail = {
  subject: "Your code",
  lines: ["First.", "Second."],
  code: "493817",
  link: { path: "/account/profile/email", label: "Go to your account" },
  ending: "Not you? Do nothing.",
};

describe("a mail", () => {
  it("reads in order as plain text, with the address of its link in full", () => {
    expect(renderMail(from, mail).text).toBe(
      `Acme

Your code

First.

Second.

    493817

Go to your account:
https://id.acme.example/account/profile/email

Not you? Do nothing.

-- 
Acme, https://id.acme.example
`,
    );
  });

  it("is whole without what it does not have", () => {
    const { text, html } = renderMail(from, { subject: "Hello", lines: ["One."] });
    expect(text).toBe("Acme\n\nHello\n\nOne.\n\n-- \nAcme, https://id.acme.example\n");
    expect(html).not.toMatch(/undefined|class="sunk"/);
  });

  it("loads nothing, runs nothing, and tells nobody that it was read", () => {
    const { html } = renderMail(
      { ...from, brand: { name: evil, accent: "#0b6b57" } },
      { ...mail, subject: evil, lines: [evil] },
    );
    expect(html).not.toMatch(/<img|<script|<link|<[^>]*src=|url\(|@import/);
    expect(html.match(/href="[^"]*"/g)).toEqual([
      'href="https://id.acme.example/account/profile/email"',
      'href="https://id.acme.example"',
    ]);
  });

  it("says its language and direction", () => {
    const { html } = renderMail(from, { ...mail, language: "ar", direction: "rtl" });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<p class="sunk" dir="ltr"');
  });

  it("can be read by day and by night, in any brand's colour", () => {
    const { html } = renderMail(from, mail);
    for (const [ground, isDark] of [
      [light, false],
      [dark, true],
    ] as const) {
      const colours = adaptAccent(from.brand.accent, ground, isDark);
      expect(html).toContain(`background:${colours.accent}`);
      expect(contrast(colours["on-accent"], colours.accent)).toBeGreaterThan(4.5);
      expect(html).toContain(`background:${ground.card}`);
    }
    expect(contrast(light["ink-3"], light.paper)).toBeGreaterThan(4.5);
    expect(contrast(dark["ink-2"], dark.paper)).toBeGreaterThan(4.5);
  });
});
