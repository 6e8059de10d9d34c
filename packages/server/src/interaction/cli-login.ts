import { type Form, readForm, readQuery } from "../http/form.ts";
import { rateLimited } from "../http/rate-limit.ts";
import { jsonResponse } from "../http/respond.ts";
import type { Handler, RequestInfo, Route } from "../http/table.ts";
import { type KeyNonces, type KeyProof, type OpenChallenge, proveKey, writeAddress } from "../people/index.ts";
import { browserMark } from "./browser-mark.ts";
import type { Desk } from "./desk.ts";
import { enteredByKey } from "./key-login/enter.ts";
import { createNetworkLimiter } from "./network-limiter.ts";
import { renderCliLogin } from "./pages/cli-login.ts";
import { type FatalReason, renderFatalError } from "./pages/fatal-error.ts";
import type { Entrance } from "./sign-in/entrance.ts";

const path = "/idp/cli_login";
const purpose = "cli-login";
const use = { purpose: "cli-sign-in" } as const;
const peerLimit = { attempts: 100, seconds: 600 };

type Refused = "invalid_nonce" | "invalid_signature" | "no_account";

type Verdict =
  | { ok: true; challenge: OpenChallenge; proof: KeyProof; owner: NonNullable<KeyProof["owner"]>; evidence: Evidence }
  | { ok: false; error: Refused };

interface Evidence {
  hotkey: string;
  signature: string;
  nonce: string;
}

/**
 * A program signs, a browser signs in. The address it opens may come from anywhere, so it only shows whose key that is; what
 * spends the nonce and begins a session is the form on that page.
 */
export function createCliLoginRoutes(desk: Desk, entrance: Entrance, nonces: KeyNonces): Route[] {
  const { ctx } = desk;
  const peers = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });

  async function judge(sent: Form, { peer }: RequestInfo): Promise<Verdict> {
    const seconds = peers.attempt(peer);
    if (seconds > 0) throw rateLimited(seconds);
    const [hotkey = "", signature = "", nonce = ""] = [sent.get("hotkey"), sent.get("signature"), sent.get("nonce")];
    const challenge = await nonces.open(use, nonce);
    if (!challenge) return { ok: false, error: "invalid_nonce" };
    const proof = await proveKey(ctx, { hotkey, signature, text: challenge.text });
    if (!proof) return { ok: false, error: "invalid_signature" };
    const { owner } = proof;
    return owner
      ? { ok: true, challenge, proof, owner, evidence: { hotkey, signature, nonce } }
      : { ok: false, error: "no_account" };
  }

  const ask: Handler = async (browser, info) => {
    const verdict = await judge(readQuery(info.query), info);
    if (!verdict.ok) return refusedPage(desk, browser, verdict.error, info);
    const { evidence, owner, proof } = verdict;
    const mark = browserMark(desk, browser);
    const visitor = await desk.findVisitor(browser);
    const markup = renderCliLogin(desk.frame(browser), {
      csrf: desk.csrf.token({ purpose, binding: mark.value }),
      username: owner.user.username,
      address: writeAddress(proof.publicKey),
      evidence,
      person: visitor && visitor.user.id !== owner.user.id ? visitor.person : undefined,
    });
    return desk.page(markup, { cookies: mark.cookies });
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    desk.csrf.check(browser, form, { purpose, binding: desk.cookies.read(browser, "browser") ?? "" });
    const verdict = await judge(form, info);
    if (!verdict.ok) return refusedPage(desk, browser, verdict.error, info);
    const admitted = await entrance.admit(browser, enteredByKey(verdict.challenge, verdict.owner), {});
    if (admitted instanceof Response) return admitted;
    return refusedPage(desk, browser, admitted.why === "nonce" ? "invalid_nonce" : "no_account", info);
  };

  return [
    { method: "GET", path: `${path}/nonce`, shape: "detail", handler: () => jsonResponse(newNonce(nonces)) },
    { method: "GET", path, shape: "page", handler: ask },
    { method: "POST", path, shape: "page", handler: enter },
  ];
}

/** Beside the nonce, the text with it: that is what the key signs, so that the signature is good for nothing else. */
function newNonce(nonces: KeyNonces) {
  const { nonce, text, issuedAt, expiresAt } = nonces.issue(use);
  return { nonce, text, expires_in: (expiresAt - issuedAt) / 1000 };
}

const reasons: Readonly<Record<Refused, FatalReason>> = {
  invalid_nonce: "hotkey_nonce",
  invalid_signature: "hotkey_signature",
  no_account: "hotkey_unknown",
};

function refusedPage(desk: Desk, browser: Request, error: Refused, { requestId }: RequestInfo): Response {
  const markup = renderFatalError(desk.frame(browser), { error, reason: reasons[error], reference: requestId });
  return desk.page(markup, { status: error === "no_account" ? 404 : 400 });
}
