import type { Form } from "../../http/form.ts";
import type { RequestInfo } from "../../http/table.ts";
import { type KeyChallenge, type KeyNonces, type KeyProof, type NonceUse, proveKey } from "../../people/index.ts";
import { html } from "../../ui/index.ts";
import { requestingApp } from "../app-face.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import { enteredByKey } from "../key-login/enter.ts";
import { walletScript } from "../key-login/wallet-script.ts";
import { createNetworkLimiter } from "../network-limiter.ts";
import { type KeySignInProps, renderKeySignIn } from "../pages/key-sign-in.ts";
import { carryOn, keySignInPath } from "../pages/sign-in.ts";
import type { Entrance } from "./entrance.ts";
import { type DoorProps, signInPurpose, type Way } from "./way.ts";

/** As the door of the password has it. Each attempt costs milliseconds, and no guess ever comes true. */
const peerLimit = { attempts: 100, seconds: 600 };

type Shown = Omit<KeySignInProps, "csrf" | "text" | "nonce" | "walletScript">;

type Verdict =
  | { ok: true; challenge: Awaited<ReturnType<KeyNonces["open"]>> & object; owner: NonNullable<KeyProof["owner"]> }
  | {
      ok: false;
      problem: NonNullable<KeySignInProps["problem"]> /** Still good, so it is shown again. */;
      challenge?: KeyChallenge;
    };

/** Signing in by the signature of a text that was shown to this very browser. */
export function createHotkeyWay(desk: Desk, entrance: Entrance, nonces: KeyNonces): Way {
  const judge = createJudge(desk, nonces);

  function show(browser: Request, shown: Shown, challenge?: KeyChallenge): Response {
    const mark = browserMark(desk, browser);
    const { text, nonce } = challenge ?? nonces.issue(useOf(mark.value));
    const csrf = desk.csrf.token({ purpose: signInPurpose, binding: mark.value });
    const markup = renderKeySignIn(desk.frame(browser), {
      ...shown,
      csrf,
      text,
      nonce,
      walletScript: walletScript.path,
    });
    const response = desk.page(markup, {
      status: statusOf(shown.problem),
      cookies: mark.cookies,
      ownForms: false,
      script: walletScript.path,
    });
    if (response.status === 401) response.headers.set("www-authenticate", "Hotkey");
    return response;
  }

  return {
    name: "hotkey",
    page: { path: keySignInPath, show: (browser, { request, next, app }) => show(browser, { request, next, app }) },
    offer: (_browser, { text }, props: DoorProps) => ({
      markup: html`<p class="mut"><a href="${keySignInPath}${carryOn(props)}">${text.hotkeys.useHotkey}</a></p>`,
    }),
    async enter(browser, form, info, waiting) {
      const { sealed: request, next, carried } = waiting;
      const again = (problem: Shown["problem"], challenge?: KeyChallenge) => {
        const app = carried && requestingApp(carried);
        return show(browser, { request, next, app, hotkey: form.get("hotkey")?.slice(0, 80), problem }, challenge);
      };
      const verdict = await judge(browser, form, info);
      if (!verdict.ok) return again(verdict.problem, verdict.challenge);
      const entered = enteredByKey(verdict.challenge, verdict.owner);
      const admitted = await entrance.admit(browser, entered, waiting);
      if (admitted instanceof Response) return admitted;
      return again({ kind: admitted.why === "nonce" ? "expired" : "unknown" });
    },
  };
}

function createJudge({ ctx, cookies }: Desk, nonces: KeyNonces) {
  const peers = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });
  return async (browser: Request, form: Form, { peer }: RequestInfo): Promise<Verdict> => {
    const seconds = peers.attempt(peer);
    if (seconds > 0) return { ok: false, problem: { kind: "wait", milliseconds: seconds * 1000 } };
    const mark = cookies.read(browser, "browser") ?? "";
    const challenge = await nonces.open(useOf(mark), form.get("nonce") ?? "");
    if (!challenge) return { ok: false, problem: { kind: "expired" } };
    const hotkey = form.get("hotkey") ?? "";
    const proof = await proveKey(ctx, { hotkey, signature: form.get("signature") ?? "", text: challenge.text });
    if (!proof) return { ok: false, problem: { kind: "wrong" }, challenge };
    if (!proof.owner) return { ok: false, problem: { kind: "unknown" }, challenge };
    return { ok: true, challenge, owner: proof.owner };
  };
}

function useOf(mark: string): NonceUse {
  return { purpose: "sign-in", browser: mark };
}

function statusOf(problem: Shown["problem"]): number {
  if (!problem) return 200;
  return problem.kind === "wait" ? 429 : 401;
}
