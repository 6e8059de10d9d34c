import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import {
  addressOf,
  type KeyChallenge,
  type KeyNonces,
  keyName,
  linkProvenKey,
  listSignatureKeys,
  type NonceUse,
  proveKey,
  unlinkKey,
} from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { walletScript } from "../key-login/wallet-script.ts";
import { renderSecurity, type SecurityProps } from "../pages/security.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";
import { waysOf } from "./ways.ts";

const path = "/account/security";
const purpose = "security";

type LinkForm = Omit<NonNullable<SecurityProps["link"]>, "text" | "nonce" | "walletScript">;
type Shown = Pick<SecurityProps, "unlink" | "linked" | "unlinked" | "last">;

/** The hotkeys of a person: a look for everybody, a change for whoever signed in a moment ago. */
export function securityRoutes(desk: Desk, nonces: KeyNonces): Route[] {
  const { ctx } = desk;

  async function show(visitor: Visitor, shown: Shown, link?: LinkForm, challenge?: KeyChallenge): Promise<Response> {
    const fresh = isRecentlySignedIn(ctx, visitor.session);
    const { text, nonce } = challenge ?? nonces.issue(useOf(visitor));
    const keys = await listSignatureKeys(ctx, visitor.user.id);
    const frame = desk.frame(visitor);
    const markup = renderSecurity(frame, {
      person: visitor.person,
      csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
      fresh,
      ways: await waysOf(ctx, visitor.user.id, frame.text.ways),
      keys: keys.map((key) => ({ ...key, address: addressOf(key) })),
      link: link && fresh ? { ...link, text, nonce, walletScript: walletScript.path } : undefined,
      ...shown,
    });
    return desk.page(markup, { status: link?.problem ? 400 : 200, ...(link && { script: walletScript.path }) });
  }

  async function link(visitor: Visitor, form: Form): Promise<Response> {
    const [hotkey, written] = [form.get("hotkey")?.slice(0, 80), form.get("name")?.slice(0, 200)];
    const again = (problem: LinkForm["problem"], challenge?: KeyChallenge) =>
      show(visitor, {}, { hotkey, name: written, problem }, challenge);
    const challenge = await nonces.open(useOf(visitor), form.get("nonce") ?? "");
    if (!challenge) return again("expired");
    const name = keyName.safeParse(written);
    if (!name.success) return again("name", challenge);
    const evidence = { hotkey: hotkey ?? "", signature: form.get("signature") ?? "", text: challenge.text };
    const proof = await proveKey(ctx, evidence);
    if (!proof) return again("wrong", challenge);
    const linked = await linkProvenKey(ctx, { userId: visitor.user.id, name: name.data, proof, challenge });
    if (!linked.ok) return again(linked.why === "nonce" ? "expired" : linked.why);
    return redirect(`${path}?linked=${linked.key.id}`);
  }

  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => {
        const asked = readQuery(info.query);
        return show(visitor, readShown(asked), asked.get("link") === undefined ? undefined : {});
      }),
    },
    {
      method: "POST",
      path: `${path}/link`,
      shape: "page",
      handler: submitted(desk, purpose, path, ({ visitor, form }) => {
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(`${path}?link=1`));
        return link(visitor, form);
      }),
    },
    {
      method: "POST",
      path: `${path}/unlink`,
      shape: "page",
      handler: submitted(desk, purpose, path, async ({ visitor, form }) => {
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(path));
        const asked = { userId: visitor.user.id, keyId: form.get("hotkey") ?? "", keepSession: visitor.session.id };
        const unlinked = await inTx(ctx, (tx) => unlinkKey(tx, asked));
        if (unlinked.ok) return redirect(`${path}?unlinked=1`);
        return redirect(unlinked.why === "last" ? `${path}?last=1` : path);
      }),
    },
  ];
}

function readShown(asked: Form): Shown {
  return {
    unlink: asked.get("unlink"),
    linked: asked.get("linked"),
    unlinked: asked.get("unlinked") !== undefined,
    last: asked.get("last") !== undefined,
  };
}

function useOf({ user }: Visitor): NonceUse {
  return { purpose: "link-key", account: user };
}
