import { describe, expect, it } from "vitest";
import type { Grant } from "../../consent/index.ts";
import { type Acr, oneFactor, twoFactors } from "../../people/index.ts";
import { decide, type Situation } from "./decide.ts";
import type { AuthorizeRequest, Prompt } from "./request.ts";

const now = Date.UTC(2026, 0, 15, 12);
const minutes = (count: number) => count * 60_000;

const request = (more: Partial<AuthorizeRequest> = {}): AuthorizeRequest => ({
  clientId: "cid_1",
  redirectUri: "https://storyteller.example/callback",
  state: "s",
  nonce: null,
  codeChallenge: "x".repeat(43),
  prompt: [],
  maxAgeSeconds: null,
  acr: null,
  scopes: ["openid", "profile"],
  optional: [],
  proposal: null,
  loginHint: null,
  uiLocales: null,
  receivedAt: now,
  ...more,
});

const grant = (more: Partial<Grant> = {}): Grant => ({
  id: "grt_1",
  userId: "usr_1",
  workspaceId: "ws_1",
  appId: "app_1",
  scopes: ["openid", "profile"],
  budgetId: null,
  answered: { refused: [], proposals: [] },
  generation: 1,
  expiresAt: null,
  createdAt: 0,
  updatedAt: 0,
  revokedAt: null,
  ...more,
});

const session = (authenticatedAt: number, acr: Acr = oneFactor) => ({ authenticatedAt, acr });

const situation = (more: Partial<Situation> = {}): Situation => ({
  request: request(),
  app: { clientType: "confidential", faceChangedAt: null },
  session: session(now - minutes(10)),
  grant: grant(),
  inForce: [],
  answered: false,
  now,
  ...more,
});

const prompted = (...prompt: Prompt[]) => request({ prompt });

describe("what comes next", () => {
  it("is the code for who is signed in and allowed it before", () => {
    const remembered = grant();
    expect(decide(situation({ grant: remembered }))).toEqual({
      step: "code",
      grant: remembered,
      scopes: ["openid", "profile"],
    });
  });

  it("carries only what is allowed of what is asked for", () => {
    const remembered = grant({
      scopes: ["openid", "account:read"],
      answered: { refused: ["profile"], proposals: [] },
    });
    expect(decide(situation({ grant: remembered }))).toMatchObject({ step: "code", scopes: ["openid"] });
  });

  it("is signing in without a session", () => {
    expect(decide(situation({ session: undefined }))).toEqual({ step: "sign_in" });
  });

  it("is consent without a grant, or for more", () => {
    expect(decide(situation({ grant: undefined }))).toEqual({ step: "consent", grant: undefined, afresh: false });
    const less = grant({ scopes: ["openid"] });
    expect(decide(situation({ grant: less }))).toEqual({ step: "consent", grant: less, afresh: false });
  });

  it("is refusal when the answer was given and allowed nothing", () => {
    const nothing = grant({ scopes: [], answered: { refused: ["openid", "profile"], proposals: [] } });
    expect(decide(situation({ grant: nothing, answered: true }))).toMatchObject({
      step: "fault",
      code: "access_denied",
    });
  });

  it("is consent again when the grant was revoked after the answer", () => {
    expect(decide(situation({ grant: undefined, answered: true })).step).toBe("consent");
  });
});

describe("prompt", () => {
  it("none never shows a page", () => {
    const silent = prompted("none");
    expect(decide(situation({ request: silent })).step).toBe("code");
    expect(decide(situation({ request: silent, session: undefined }))).toMatchObject({ code: "login_required" });
    expect(decide(situation({ request: silent, grant: undefined }))).toMatchObject({ code: "consent_required" });
    const tooOld = request({ prompt: ["none"], maxAgeSeconds: 60 });
    expect(decide(situation({ request: tooOld }))).toMatchObject({ code: "login_required" });
  });

  it.each<Prompt>(["login", "select_account"])("%s asks for a sign-in since the request arrived", (prompt) => {
    expect(decide(situation({ request: prompted(prompt) })).step).toBe("sign_in");
    const fresh = session(now + 1);
    expect(decide(situation({ request: prompted(prompt), session: fresh, now: now + minutes(5) })).step).toBe("code");
  });

  it("consent asks afresh, once", () => {
    expect(decide(situation({ request: prompted("consent") }))).toMatchObject({ step: "consent", afresh: true });
    expect(decide(situation({ request: prompted("consent"), answered: true })).step).toBe("code");
  });

  it("login and consent together ask for both", () => {
    const both = prompted("login", "consent");
    expect(decide(situation({ request: both })).step).toBe("sign_in");
    expect(decide(situation({ request: both, session: session(now) })).step).toBe("consent");
  });
});

describe("max_age", () => {
  it("asks for a new sign-in when the session is older", () => {
    expect(decide(situation({ request: request({ maxAgeSeconds: 599 }) })).step).toBe("sign_in");
    expect(decide(situation({ request: request({ maxAgeSeconds: 600 }) })).step).toBe("code");
  });

  it("of zero is satisfied by a sign-in since the request arrived", () => {
    const zero = request({ maxAgeSeconds: 0 });
    expect(decide(situation({ request: zero })).step).toBe("sign_in");
    expect(decide(situation({ request: zero, session: session(now), now: now + minutes(1) })).step).toBe("code");
  });
});

describe("acr_values", () => {
  const two = request({ acr: twoFactors });

  it("lead somebody with one factor to a second one, and nobody around it", () => {
    expect(decide(situation({ request: two }))).toEqual({ step: "second_factor" });
    expect(decide(situation({ request: two, answered: true }))).toEqual({ step: "second_factor" });
    expect(decide(situation({ request: two, grant: undefined }))).toEqual({ step: "second_factor" });
    expect(decide(situation({ request: two, session: undefined }))).toEqual({ step: "sign_in" });
    expect(decide(situation({ request: request({ acr: twoFactors, maxAgeSeconds: 60 }) }))).toEqual({
      step: "sign_in",
    });
  });

  it("are satisfied by as much or more", () => {
    const strong = session(now, twoFactors);
    expect(decide(situation({ request: two, session: strong })).step).toBe("code");
    expect(decide(situation({ request: request({ acr: oneFactor }) })).step).toBe("code");
    expect(decide(situation({ request: request({ acr: oneFactor }), session: strong })).step).toBe("code");
  });

  it("are refused where nothing may be asked", () => {
    const silent = request({ acr: twoFactors, prompt: ["none"] });
    expect(decide(situation({ request: silent }))).toMatchObject({ step: "fault", code: "login_required" });
  });
});

describe("a public client", () => {
  const app = { clientType: "public" as const, faceChangedAt: null };

  it("is asked for always when anybody could be it", () => {
    for (const redirectUri of ["http://127.0.0.1:8976/callback", "http://localhost/callback"]) {
      const local = request({ redirectUri });
      expect(decide(situation({ app, request: local }))).toMatchObject({ step: "consent", afresh: true });
      expect(decide(situation({ app, request: local, answered: true })).step).toBe("code");
      expect(decide(situation({ app, request: { ...local, prompt: ["none"] } }))).toMatchObject({
        code: "consent_required",
      });
    }
  });

  it("is remembered with a claimed https address", () => {
    expect(decide(situation({ app })).step).toBe("code");
  });
});

describe("an app that changed its face", () => {
  const app = { clientType: "confidential" as const, faceChangedAt: now - minutes(5) };
  const answeredAt = (at: number) => grant({ answered: { refused: [], proposals: [], at } });

  it("is asked about once more, with everything shown", () => {
    const before = answeredAt(now - minutes(6));
    expect(decide(situation({ app, grant: before }))).toEqual({ step: "consent", grant: before, afresh: true });
    expect(decide(situation({ app, grant: grant() }))).toMatchObject({ step: "consent", afresh: true });
    expect(decide(situation({ app, grant: before, answered: true })).step).toBe("code");
    expect(decide(situation({ app, grant: before, request: prompted("none") }))).toMatchObject({
      code: "consent_required",
    });
  });

  it("is remembered by who has answered since", () => {
    expect(decide(situation({ app, grant: answeredAt(now - minutes(5)) })).step).toBe("code");
    expect(decide(situation({ grant: answeredAt(now - minutes(60)) })).step).toBe("code");
  });
});
