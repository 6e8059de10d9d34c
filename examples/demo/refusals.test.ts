import { APIError } from "openai";
import { describe, expect, it } from "vitest";
import { SignInEnded } from "./platform.ts";
import { describeRefusal } from "./refusals.ts";

function refused(status: number, error: object, headers: Record<string, string> = {}) {
  return describeRefusal(APIError.generate(status, { error }, undefined, new Headers(headers)), "Acme");
}

describe("describeRefusal", () => {
  it("says what is left of the cap, when it starts again, and where to raise it", () => {
    const refusal = refused(402, {
      code: "budget_exceeded",
      limit: "0.05",
      spent: "0.049001",
      resets_at: "2026-12-01T00:00:00.000Z",
      manage_url: "http://localhost:8420/account/limit?app=app_1",
    });
    expect(refusal.text).toContain("what is left, under $0.01 of $0.05");
    expect(refusal.text).toContain("1 December, 00:00 UTC");
    expect(refusal.action).toEqual({ label: "Raise the cap", href: "http://localhost:8420/account/limit?app=app_1" });
  });

  it("links nothing but web addresses", () => {
    expect(
      refused(402, { code: "budget_exceeded", limit: "1", spent: "1", manage_url: "javascript:alert(1)" }).action,
    ).toBeUndefined();
  });

  it("tells the balance, calls in flight and a missing permission apart", () => {
    expect(refused(402, { code: "insufficient_balance" }).kind).toBe("balance");
    expect(refused(429, { code: "budget_in_flight" }, { "retry-after": "2" })).toMatchObject({
      kind: "in_flight",
      text: expect.stringContaining("in 2 seconds"),
    });
    expect(refused(403, { code: "insufficient_scope" }).action?.href).toBe("/sign-in?ask=again");
  });

  it("sends back to the sign-in when the platform has ended it", () => {
    const refusal = describeRefusal(new SignInEnded("revoked"), "Acme");
    expect(`${refusal.title} ${refusal.text}`).toBe("Acme no longer lets Storyteller spend for you. Sign in again.");
    expect(refusal.mayRetry).toBe(false);
  });

  it("keeps what it does not know to itself", () => {
    expect(describeRefusal(new Error("secret detail"), "Acme").text).not.toContain("secret detail");
  });
});
