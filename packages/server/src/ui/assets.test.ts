import { describe, expect, it } from "vitest";
import { sha256Base64Url } from "../kernel/hash.ts";
import { assetsFor } from "./assets.ts";
import { icon, spriteFor } from "./icons.ts";
import { attribute, html } from "./markup.ts";

const brand = { name: "Acme", accent: "#0b6b57", links: {} };

describe("the assets", () => {
  it("are named after their content, so they may be cached for ever", () => {
    const { sheet, mark } = assetsFor(brand);
    expect(sheet.path).toBe(`/assets/look.${sha256Base64Url(sheet.body).slice(0, 12)}.css`);
    expect(mark.path).toMatch(/^\/assets\/mark\.[\w-]{12}\.svg$/);
    expect(assetsFor({ ...brand, accent: "#635bff" }).sheet.path).not.toBe(sheet.path);
    expect(assetsFor(brand)).toBe(assetsFor({ ...brand, name: "Other" }));
  });

  it("carry the operator's colour", () => {
    expect(assetsFor(brand).sheet.body).toContain("--accent: #0b6b57;");
    expect(assetsFor(brand).mark.body).toContain('fill="#0b6b57"');
  });
});

describe("icons", () => {
  it("are drawn once on a page, and only those that it uses", () => {
    const page = html`${icon("key", 14)}${icon("key", 18)}`.toString();
    expect(String(spriteFor(page)).match(/<symbol/g)).toHaveLength(1);
    expect(String(spriteFor(page))).toContain('id="i-key"');
    expect(spriteFor("")).toBeUndefined();
  });
});

describe("markup", () => {
  it("escapes every value that is not markup, and leaves nothing for nothing", () => {
    expect(String(html`<p title="${'"><i>'}">${"<b>"}${html`<b>ok</b>`}${false}${undefined}${[0, "&"]}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;i&gt;">&lt;b&gt;<b>ok</b>0&amp;</p>',
    );
  });

  it("writes an attribute with its value, bare, or not at all", () => {
    expect(String(html`<i${attribute("title", 'a"b')}${attribute("hidden", true)}${attribute("id", undefined)}>`)).toBe(
      '<i title="a&quot;b" hidden>',
    );
  });
});
