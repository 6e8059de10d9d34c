import { networkOf } from "../../http/client-ip.ts";
import type { Form } from "../../http/form.ts";
import { createRateLimiter } from "../../http/rate-limit.ts";
import type { RequestInfo } from "../../http/table.ts";
import { type KeyChallenge, type KeyNonces, type NonceUse, proveKey } from "../../people/index.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import { type KeySignInProps, renderKeySignIn } from "../pages/key-sign-in.ts";
import { type Entry, enterByKey } from "./enter.ts";
import { walletScript } from "./wallet-script.ts";

/** As the door of the password has it. Each attempt costs milliseconds, and no guess ever comes true. */
const peerLimit = { attempts: 100, seconds: 600 };

type Shown = Omit<KeySignInProps, "csrf" | "text" | "nonce" | "walletScript">;

export type KeyEntry =
  | Extract<Entry, { ok: true }>
  | {
      ok: false;
      problem: NonNullable<KeySignInProps["problem"]> /** Still good, so it is shown again. */;
      challenge?: KeyChallenge;
    };

/** Signing in on the page, by the signature of a text that was shown to this very browser. */
export interface KeyDoor {
  page(browser: Request, csrfPurpose: string, shown: Shown, challenge?: KeyChallenge): Response;
  enter(browser: Request, form: Form, info: RequestInfo): Promise<KeyEntry>;
}

export function createKeyDoor(desk: Desk, nonces: KeyNonces): KeyDoor {
  const { ctx } = desk;
  const peers = createRateLimiter({ clock: ctx.clock, ...peerLimit });
  const useOf = (mark: string): NonceUse => ({ purpose: "sign-in", browser: mark });
  return {
    page(browser, csrfPurpose, shown, challenge) {
      const mark = browserMark(desk, browser);
      const { text, nonce } = challenge ?? nonces.issue(useOf(mark.value));
      const csrf = desk.csrf.token({ purpose: csrfPurpose, binding: mark.value });
      const markup = renderKeySignIn(desk.frame(), { ...shown, csrf, text, nonce, walletScript: walletScript.path });
      const response = desk.page(markup, {
        status: statusOf(shown.problem),
        cookies: mark.cookies,
        ownForms: false,
        script: walletScript.path,
      });
      if (response.status === 401) response.headers.set("www-authenticate", "Hotkey");
      return response;
    },
    async enter(browser, form, { peer }) {
      const seconds = peers.attempt(networkOf(peer));
      if (seconds > 0) return { ok: false, problem: { kind: "wait", milliseconds: seconds * 1000 } };
      const mark = desk.cookies.read(browser, "browser") ?? "";
      const challenge = await nonces.open(useOf(mark), form.get("nonce") ?? "");
      if (!challenge) return { ok: false, problem: { kind: "expired" } };
      const hotkey = form.get("hotkey") ?? "";
      const proof = await proveKey(ctx, { hotkey, signature: form.get("signature") ?? "", text: challenge.text });
      if (!proof) return { ok: false, problem: { kind: "wrong" }, challenge };
      if (!proof.owner) return { ok: false, problem: { kind: "unknown" }, challenge };
      const entry = await enterByKey(desk, browser, challenge, proof.owner);
      if (entry.ok) return entry;
      return { ok: false, problem: { kind: entry.why === "nonce" ? "expired" : "unknown" } };
    },
  };
}

function statusOf(problem: Shown["problem"]): number {
  if (!problem) return 200;
  return problem.kind === "wait" ? 429 : 401;
}
