import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { type FatalReason, renderFatalError } from "./fatal-error.ts";
import { renderNotFound } from "./not-found.ts";
import { renderServerError } from "./server-error.ts";
import { renderSignedOut, renderSignOut } from "./sign-out.ts";

const frame: Frame = {
  text,
  now: 0,
  brand: { name: "Acme AI", accent: "#0b6b57", links: {} },
};

describe("the pages where the way ends", () => {
  it.each(Object.keys(text.fatal.reasons) as FatalReason[])("%s has fixed words and a reference", (reason) => {
    const page = renderFatalError(frame, { error: "invalid_request", reason, reference: "req_1" });
    expect(page).toContain('<div id="fatal-error"><h1>We stopped here</h1>');
    expect(page).toContain(`<dd class="mono">${reason}</dd>`);
    expect(page).toContain('<dd class="mono">req_1</dd>');
  });

  it("tells a broken server from a busy one", () => {
    expect(renderServerError(frame, { reference: "req_1" })).toContain("<h1>Something broke on our side</h1>");
    expect(renderServerError(frame, { reference: "req_1", busy: true })).toContain("<h1>We are too busy</h1>");
    expect(renderNotFound(frame)).toContain("<h1>There is nothing here</h1>");
  });
});

describe("signing out", () => {
  it("asks with a fixed handle", () => {
    const page = renderSignOut(frame, { label: "maya", csrf: "t0" });
    expect(page).toMatch(/<button [^>]*id="logout-yes" name="logout" value="yes">Sign out<\/button>/);
    expect(page).toMatch(/action="\/sign-out">/);
  });

  it("names nobody afterwards", () => {
    const page = renderSignedOut(frame);
    expect(page).toContain('<div id="logged-out"><h1>You are signed out</h1>');
    expect(page).not.toContain("Not you?");
  });
});
