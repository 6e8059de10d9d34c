import { describe, expect, it } from "vitest";
import { pageHeaders } from "./headers.ts";

const issuer = "https://acme.example";

describe("the headers of a page", () => {
  it("forbid scripts, frames, sniffing, caching and referrers", () => {
    expect(pageHeaders({ issuer })).toEqual({
      "content-security-policy":
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
      "strict-transport-security": "max-age=31536000",
    });
  });

  it("ask for https only where there is https", () => {
    expect(pageHeaders({ issuer: "http://localhost:8420" })).not.toHaveProperty("strict-transport-security");
  });

  it("leave form-action out where the form ends in a redirect to an app", () => {
    expect(pageHeaders({ issuer, ownForms: false })["content-security-policy"]).not.toContain("form-action");
  });

  it("allow the origins of https images, and nothing that an address smuggles in", () => {
    const images = [
      "https://cdn.example/a.png",
      "https://cdn.example/b.png",
      "https://other.example:8443/x;script-src%20*",
      "https://x.example/; script-src *",
      "http://plain.example/a.png",
      "javascript:alert(1)",
      "data:image/png;base64,AA==",
      "; script-src *",
    ];
    const policy = pageHeaders({ issuer, images })["content-security-policy"];
    const allowed = "https://cdn.example https://other.example:8443 https://x.example";
    expect(policy).toContain(`img-src 'self' data: ${allowed};`);
    expect(policy).not.toContain("script-src");
  });
});
