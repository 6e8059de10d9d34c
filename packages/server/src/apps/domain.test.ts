import { describe, expect, it } from "vitest";
import { fitsDomain, readDomain, verifiedDomainFor } from "./domain.ts";

describe("the name of a domain", () => {
  it.each([
    ["fieldnotes.example", "fieldnotes.example"],
    ["FieldNotes.Example", "fieldnotes.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["a.b.c.example", "a.b.c.example"],
  ])("%s is read as %s", (text, name) => expect(readDomain(text)).toBe(name));

  it.each([
    "",
    "example",
    "localhost",
    "127.0.0.1",
    "2130706433",
    "[::1]",
    "https://fieldnotes.example",
    "fieldnotes.example/path",
    "fieldnotes.example:443",
    "fieldnotes.example.",
    ".example",
    "a..example",
    "-a.example",
    "maya@fieldnotes.example",
    "field notes.example",
    "a_b.example",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(130)}example`,
  ])("%j is none", (text) => expect(readDomain(text)).toBeUndefined());
});

describe("an app within a domain", () => {
  const app = (redirectUris: string[], homepageUrl: string | null = null) => ({ redirectUris, homepageUrl });

  it("has its homepage and every redirect URI there, loopback aside", () => {
    expect(fitsDomain(app(["https://fieldnotes.example/cb"]), "fieldnotes.example")).toBe(true);
    expect(fitsDomain(app(["https://app.fieldnotes.example/cb", "http://127.0.0.1/cb"]), "fieldnotes.example")).toBe(
      true,
    );
    const home = "https://www.fieldnotes.example/";
    expect(fitsDomain(app(["https://app.fieldnotes.example/cb"], home), "fieldnotes.example")).toBe(true);
  });

  it("is none with anything elsewhere, or with nothing but loopback", () => {
    expect(fitsDomain(app(["https://evilfieldnotes.example/cb"]), "fieldnotes.example")).toBe(false);
    expect(fitsDomain(app(["https://fieldnotes.example.evil.example/cb"]), "fieldnotes.example")).toBe(false);
    expect(fitsDomain(app(["https://fieldnotes.example/", "https://other.example/"]), "fieldnotes.example")).toBe(
      false,
    );
    expect(fitsDomain(app(["https://fieldnotes.example/"], "https://other.example/"), "fieldnotes.example")).toBe(
      false,
    );
    expect(fitsDomain(app(["http://localhost:3000/cb"]), "fieldnotes.example")).toBe(false);
    expect(fitsDomain(app(["https://fieldnotes.example/"]), "app.fieldnotes.example")).toBe(false);
  });

  it("shows its badge beside hosts of the domain only", () => {
    const proven = { verifiedDomain: "fieldnotes.example" };
    expect(verifiedDomainFor(proven, "app.fieldnotes.example:8443")).toBe("fieldnotes.example");
    expect(verifiedDomainFor(proven, "fieldnotes.example")).toBe("fieldnotes.example");
    expect(verifiedDomainFor(proven, "localhost:3000")).toBeUndefined();
    expect(verifiedDomainFor(proven, "evilfieldnotes.example")).toBeUndefined();
    expect(verifiedDomainFor({ verifiedDomain: null }, "fieldnotes.example")).toBeUndefined();
  });
});
