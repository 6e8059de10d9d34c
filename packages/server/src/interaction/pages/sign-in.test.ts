import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { renderSignIn } from "./sign-in.ts";
import { renderSignUp } from "./sign-up.ts";

const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21),
  brand: { name: "Acme AI", accent: "#0b6b57", links: {} },
};
const app = {
  name: "Storyteller",
  host: "storyteller.example",
  privacyUrl: "https://storyteller.example/privacy",
  termsUrl: "https://storyteller.example/terms",
};

describe("the sign-in page", () => {
  const page = renderSignIn(frame, { csrf: "t0", request: "sealed", app });

  it("keeps the handles that automated browsers use", () => {
    expect(page).toMatch(/<form [^>]*method="post" action="\/idp\/login">/);
    expect(page).toMatch(/<input [^>]*name="login"/);
    expect(page).toMatch(/<input [^>]*name="password" type="password"/);
    expect(page).toMatch(/<button class="[^"]*login-submit[^"]*">Sign in<\/button>/);
  });

  it("names the app, its host, its policies, and carries the request through both doors", () => {
    expect(page).toContain("to go on to <b>Storyteller</b>");
    expect(page).toContain("<b><bdi>storyteller.example</bdi></b>");
    expect(page).toContain('<a href="https://storyteller.example/privacy" rel="noreferrer">privacy policy</a>');
    expect(page).toContain('<a href="https://storyteller.example/terms" rel="noreferrer">terms</a>');
    expect(page).toContain('<input type="hidden" name="request" value="sealed">');
    expect(page).toContain('<a href="/sign-up?request=sealed">');
    expect(renderSignUp(frame, { csrf: "t0", request: "a b" })).toContain('<a href="/sign-in?request=a+b">');
  });

  it("offers no way in that does not exist, and no request where no app waits", () => {
    expect(page).not.toMatch(/passkey|code|Forgot/);
    const plain = renderSignIn(frame, { csrf: "t0" });
    expect(plain).not.toContain('name="request"');
    expect(plain).toContain('<a href="/sign-up">');
  });

  it("says what was wrong, keeps the name and never the password", () => {
    const wrong = renderSignIn(frame, { csrf: "t0", login: "maya", problem: { kind: "wrong" } });
    expect(wrong).toContain("<title>Error: Sign in · Acme AI</title>");
    expect(wrong).toContain("do not belong together");
    expect(wrong).toContain('value="maya"');
    expect(wrong).toMatch(
      /name="password" type="password"[^>]* aria-invalid="true" aria-describedby="password-note" required autofocus>/,
    );
    expect(wrong).not.toMatch(/type="password"[^>]*value=/);
  });

  it("tells how long to wait", () => {
    const wait = renderSignIn(frame, { csrf: "t0", problem: { kind: "wait", milliseconds: 200_000 } });
    expect(wait).toContain("Wait <strong>4 minutes</strong>");
    expect(wait).toContain('role="alert"');
  });
});

describe("the sign-up page", () => {
  it("asks for the terms only where the operator has terms", () => {
    expect(renderSignUp(frame, { csrf: "t0" })).not.toContain('name="terms"');
    const withTerms = { ...frame, brand: { ...frame.brand, links: { terms: "/terms" } } };
    expect(renderSignUp(withTerms, { csrf: "t0" })).toContain('name="terms" value="yes" required');
    expect(renderSignUp(withTerms, { csrf: "t0" })).not.toContain("privacy policy");
  });

  it("puts each mistake beside its field, keeps what was written and focuses the first mistake", () => {
    const page = renderSignUp(frame, {
      csrf: "t0",
      values: { name: "Maya", username: "maya", email: "m@x.example" },
      errors: { username: "taken", password: "short" },
    });
    expect(page).toContain('<p class="error" id="username-note">Somebody else has this username. Choose another.</p>');
    expect(page).toContain('<p class="error" id="password-note">Use 12 characters or more.</p>');
    expect(page).toMatch(/name="username"[^>]* value="maya"[^>]* aria-invalid="true"[^>]* autofocus>/);
    expect(page.match(/autofocus/g)).toHaveLength(1);
    expect(page).toContain('value="m@x.example"');
    expect(page).toContain("<title>Error: Create an account · Acme AI</title>");
  });
});
