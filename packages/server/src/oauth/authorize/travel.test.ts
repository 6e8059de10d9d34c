import { describe, expect, it } from "vitest";
import { seededRandom } from "../../kernel/random.ts";
import { createSealer } from "../../kernel/seal.ts";
import { manualClock } from "../../testing/clock.ts";
import type { AuthorizeRequest } from "./request.ts";
import { openRequest, sealRequest } from "./travel.ts";

const clock = manualClock();
const sealer = createSealer({
  secrets: ["a secret of the tests, long enough for all"],
  issuer: "https://id.acme.example",
  epoch: "one",
  random: seededRandom(1, clock),
});
const request: AuthorizeRequest = {
  clientId: "cid_1",
  redirectUri: "https://a.example/cb",
  state: "s",
  nonce: "n",
  codeChallenge: "x".repeat(43),
  prompt: ["login"],
  maxAgeSeconds: 5,
  acr: null,
  scopes: ["openid"],
  optional: [],
  proposal: { limitMicros: 5_000_000, period: "month" },
  loginHint: "maya",
  uiLocales: null,
  receivedAt: clock.now(),
};
const hour = 3_600_000;

describe("a request on its way through the pages", () => {
  const sealed = sealRequest(sealer, request, "browser one");
  const open = (text = sealed, cookie: string | undefined = "browser one", now = clock.now()) =>
    openRequest(sealer, text, cookie, now);

  it("arrives as it left, and can be opened again: two tabs work", () => {
    expect(open()).toEqual({ ok: true, request, shown: null });
    expect(open()).toEqual({ ok: true, request, shown: null });
    const other = { ...request, state: "other" };
    expect(open(sealRequest(sealer, other, "browser one"))).toEqual({ ok: true, request: other, shown: null });
  });

  it("says what the page that carries it has shown", () => {
    expect(open(sealRequest(sealer, request, "browser one", "a page"))).toEqual({ ok: true, request, shown: "a page" });
  });

  it("ends after one hour", () => {
    expect(open(sealed, "browser one", clock.now() + hour).ok).toBe(true);
    expect(open(sealed, "browser one", clock.now() + hour + 1)).toEqual({ ok: false, reason: "request_expired" });
  });

  it("is refused in another browser, or in one without the cookie", () => {
    expect(open(sealed, "browser two")).toEqual({ ok: false, reason: "request_of_another_browser" });
    expect(openRequest(sealer, sealed, undefined, clock.now())).toEqual({
      ok: false,
      reason: "request_of_another_browser",
    });
  });

  it("cannot be changed or made up", () => {
    for (const text of [sealed.slice(0, -1), `${sealed}A`, sealed.toUpperCase(), JSON.stringify(request), ""]) {
      expect(open(text)).toEqual({ ok: false, reason: "request_invalid" });
    }
  });
});
