import { Buffer } from "node:buffer";
import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { encodeBase64Url } from "../../kernel/bytes.ts";
import {
  addPasskey,
  type ChallengeUse,
  challengeLifeMs,
  listPasskeys,
  newPasskeyOptions,
  type Passkey,
  type PasskeyChallenges,
  passkeyName,
  proveNewPasskey,
  relyingPartyOf,
  removePasskey,
  renamePasskey,
} from "../../people/index.ts";
import { isRecentlySignedIn } from "../account/freshness.ts";
import { signedIn, signInPath, submitted } from "../account/signed-in.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type PasskeysProps, passkeysPath, renderPasskeys } from "../pages/passkeys.ts";
import { passkeyScript } from "./script.ts";

const purpose = "passkeys";

type Shown = Pick<PasskeysProps, "rename" | "remove" | "added" | "renamed" | "removed" | "problem"> & {
  adds?: boolean;
};

/** The passkeys of a person: a look for everybody, adding and removing for whoever signed in a moment ago. */
export function passkeyRoutes(desk: Desk, challenges: PasskeyChallenges): Route[] {
  const { ctx } = desk;
  const show = (visitor: Visitor, shown: Shown) => showPasskeys(desk, challenges, visitor, shown);

  async function add(visitor: Visitor, form: Form): Promise<Response> {
    const made = await proveNewPasskey(ctx, challenges, useOf(visitor), form.get("passkey") ?? "");
    if (!made) return show(visitor, { adds: true, problem: "refused" });
    const verdict = await addPasskey(ctx, made, desk.frame(visitor).text.passkeys.newName);
    if (verdict.ok) return redirect(`${passkeysPath}?added=${verdict.passkey.id}`);
    return show(visitor, { adds: true, problem: verdict.why === "challenge" ? "refused" : verdict.why });
  }

  async function rename({ user }: Visitor, form: Form): Promise<string | undefined> {
    const name = passkeyName.safeParse(form.get("name"));
    const id = form.get("passkey") ?? "";
    if (!name.success) return undefined;
    const renamed = await inTx(ctx, (tx) => renamePasskey(tx, { id, userId: user.id, name: name.data }));
    return renamed ? `${passkeysPath}?renamed=${id}` : passkeysPath;
  }

  return [
    {
      method: "GET",
      path: passkeysPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => show(visitor, readShown(readQuery(info.query)))),
    },
    {
      method: "POST",
      path: `${passkeysPath}/add`,
      shape: "page",
      handler: submitted(desk, purpose, passkeysPath, ({ visitor, form }) => {
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(`${passkeysPath}?add=1`));
        return add(visitor, form);
      }),
    },
    {
      method: "POST",
      path: `${passkeysPath}/rename`,
      shape: "page",
      handler: submitted(desk, purpose, passkeysPath, async ({ visitor, form }) => {
        const done = await rename(visitor, form);
        const again = { id: form.get("passkey") ?? "", name: form.get("name")?.slice(0, 200) ?? "" };
        return done ? redirect(done) : show(visitor, { rename: again, problem: "name" });
      }),
    },
    {
      method: "POST",
      path: `${passkeysPath}/remove`,
      shape: "page",
      handler: submitted(desk, purpose, passkeysPath, async ({ visitor, form }) => {
        const id = form.get("passkey") ?? "";
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(passkeysPath));
        const asked = { id, userId: visitor.user.id, keepSession: visitor.session.id };
        const removed = await inTx(ctx, (tx) => removePasskey(tx, asked));
        if (removed.ok) return redirect(`${passkeysPath}?removed=1`);
        return removed.why === "last" ? show(visitor, { problem: "last" }) : redirect(passkeysPath);
      }),
    },
  ];
}

async function showPasskeys(
  desk: Desk,
  challenges: PasskeyChallenges,
  visitor: Visitor,
  { adds, ...shown }: Shown,
): Promise<Response> {
  const { ctx } = desk;
  const { user, session } = visitor;
  const fresh = isRecentlySignedIn(ctx, session);
  const passkeys = await listPasskeys(ctx, user.id);
  const wanted = () => ({ user, known: passkeys, challenge: challenges.issue(useOf(visitor)) });
  const options = adds && fresh ? newPasskeyOptions(ctx, wanted()) : undefined;
  const markup = renderPasskeys(desk.frame(visitor), {
    person: visitor.person,
    csrf: desk.csrf.token({ purpose, binding: session.id }),
    fresh,
    passkeys,
    accepted: acceptedHere(ctx.config.issuer, user.id, passkeys),
    script: passkeyScript.path,
    add: options && { options: JSON.stringify(options), lifeMs: challengeLifeMs.add },
    ...shown,
  });
  return desk.page(markup, { status: shown.problem ? 400 : 200, script: passkeyScript.path });
}

/** For the keepers of passkeys (WebAuthn 5.1.10.3). */
function acceptedHere(issuer: string, userId: string, passkeys: readonly Passkey[]): string {
  const allAcceptedCredentialIds = passkeys.map(({ credentialId }) => credentialId);
  const rpId = relyingPartyOf(issuer);
  return JSON.stringify({ rpId, userId: encodeBase64Url(Buffer.from(userId)), allAcceptedCredentialIds });
}

function readShown(asked: Form): Shown {
  const rename = asked.get("rename");
  return {
    adds: asked.get("add") !== undefined,
    rename: rename === undefined ? undefined : { id: rename },
    remove: asked.get("remove"),
    added: asked.get("added"),
    renamed: asked.get("renamed"),
    removed: asked.get("removed") !== undefined,
  };
}

function useOf({ session, user }: Visitor): Extract<ChallengeUse, { purpose: "add" }> {
  return { purpose: "add", sessionId: session.id, userId: user.id };
}
