import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { updateRole } from "../../src/people/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import { databases } from "../../src/testing/databases.ts";
import { issuer } from "../../src/testing/platform.ts";
import { openUpstream } from "../../src/testing/upstream.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { type Holder, holderOf, signInByPassword } from "../hotkey-holder.ts";
import { addOnPage } from "../passkey-holder.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

type Ids = Record<string, string>;

/** A person with everything that an operation may be about. */
export interface Guest {
  /** Every scope. */
  key: string;
  /** Without any scope that an operation wants. */
  narrowKey: string;
  /** Of a sign-in just now. */
  cookie: string;
  /** What is hers, by the name of the parameter. */
  ids: Ids;
}

/** Maya and Lea, each with an app, a key, a session and a hotkey of her own; Maya allowed Storyteller to spend. */
export interface World {
  platform: Storyteller;
  maya: Guest;
  /** Whose things Maya must not touch. */
  lea: Guest;
  /** Of an operator: runs the platform, and nothing else. */
  adminKey: string;
  /** Maya's app, with the secret it was registered with. */
  app: { clientId: string; clientSecret: string };
  holder: Holder;
  /** Of Storyteller, for Maya. */
  token: string;
  /** What name servers say. */
  texts: Map<string, string[]>;
  /** A code of Storyteller that nobody has used. */
  code(): Promise<string>;
  close(): Promise<void>;
}

const nowhere = "http://127.0.0.1:9";

export async function openWorld(database = databases[0]!): Promise<World> {
  const upstream = await openUpstream();
  const price = { input: "1.00", cachedInput: "0.10", output: "2.00", call: "0" };
  const texts = new Map<string, string[]>();
  const platform = await openStoryteller(
    {},
    {
      resolver: { addresses: async () => [], texts: async (name) => texts.get(name) ?? [] },
      file: {
        upstreams: { main: { baseUrl: upstream.baseUrl, apiKey: upstream.apiKey } },
        models: { "test-model": { upstream: "main", upstreamModel: "real", prices: price, maxOutputTokens: 100 } },
        outbound: { allowOrigins: [nowhere] },
      },
    },
    database,
  );
  const allowed = () => platform.allow(platform.browser(), { scope: "openid profile email gateway:access" });
  const token = String((await platform.redeem(await allowed())).access_token);
  const lea = await platform.addUser("lea");
  const olga = await platform.addUser("olga");
  const admin = await inTx(platform.ctx, async (tx) => {
    await updateRole(tx, olga.id, "operator");
    const own = { userId: olga.id, workspaceId: olga.workspaceId, grantId: null, name: "Desk", expiresAt: null };
    return createApiKey(tx, { ...own, scopes: ["admin"] });
  });
  if (!admin.ok) throw new Error(admin.why);
  const mayas = await furnish(platform, "maya", platform.maya, 1);
  const leas = await furnish(platform, "lea", lea, 2);
  // Operators act on everybody, so what is nobody's stands for somebody else's.
  Object.assign(mayas.guest.ids, { account_id: lea.id, wallet_id: lea.workspaceId });
  Object.assign(leas.guest.ids, { account_id: "usr_nobody", wallet_id: "ws_nobody" });
  return {
    platform,
    maya: mayas.guest,
    lea: leas.guest,
    adminKey: admin.key,
    app: mayas.app,
    holder: await holderOf("ed25519", 9),
    token,
    texts,
    code: async () => (await allowed()).location?.searchParams.get("code") ?? "",
    async close() {
      await platform.close();
      await upstream.close();
    },
  };
}

async function furnish(
  platform: Storyteller,
  username: string,
  { id: userId, workspaceId }: { id: string; workspaceId: string },
  seed: number,
) {
  const { ctx } = platform;
  const makeKey = async (scopes: readonly string[]) => {
    const wanted = { userId, workspaceId, grantId: null, name: "Key", scopes, expiresAt: null };
    const made = await inTx(ctx, (tx) => createApiKey(tx, wanted));
    if (!made.ok) throw new Error(made.why);
    return made;
  };
  const full = await makeKey(allScopes);
  const app = await platform.addApp(userId, {
    name: `App of ${username}`,
    public: false,
    webhook_url: `${nowhere}/hook`,
  });
  const browser = platform.browser();
  await signInByPassword(browser, username);
  await addOnPage(browser, createAuthenticator());
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const read = async (path: string) => {
    const answer = await platform.fetch(path, { headers: { authorization: `Bearer ${full.key}` } });
    return (await answer.json()) as Record<string, Ids[]>;
  };
  const linked = await linkHotkey(platform, cookie, await holderOf("ed25519", seed));
  const guest: Guest = {
    key: full.key,
    narrowKey: (await makeKey(["offline_access"])).key,
    cookie,
    ids: {
      app_id: app.id,
      user_id: userId,
      key_id: (await makeKey(["openid"])).apiKey.id,
      session_id: (await read("/users/me/sessions")).items![0]!.session_id!,
      secret_id: (await read(`/idp/apps/${app.id}/secrets`)).secrets![0]!.secret_id!,
      passkey_id: (await read("/users/me/passkeys")).items![0]!.passkey_id!,
      hotkey_id: String((await linked.json()).hotkey_id),
      event_id: "evt_unknown",
    },
  };
  return { guest, app };
}

/** As the page of hotkeys would do it by API. */
export async function linkHotkey(platform: Storyteller, cookie: string, holder: Holder): Promise<Response> {
  const body = JSON.stringify(await proofOf(platform, cookie, holder));
  const headers = { cookie, origin: issuer, "content-type": "application/json" };
  return platform.fetch("/users/me/hotkeys", { method: "POST", headers, body });
}

export async function proofOf(platform: Storyteller, cookie: string, holder: Holder): Promise<Record<string, string>> {
  const asked = await platform.fetch("/users/me/hotkeys/nonce", { headers: { cookie } });
  const { nonce, text } = (await asked.json()) as Record<string, string>;
  return { hotkey: holder.address, signature: await holder.sign(text ?? ""), nonce: nonce ?? "" };
}

/** How a call says who it is. */
export type As = "key" | "narrowKey" | "adminKey" | "session" | "token" | "nobody";

export function headersFor({ maya, adminKey, token }: World, as: As): Record<string, string> {
  switch (as) {
    case "key":
    case "narrowKey":
      return { authorization: `Bearer ${maya[as]}` };
    case "adminKey":
      return { authorization: `Bearer ${adminKey}` };
    case "token":
      return { authorization: `Bearer ${token}` };
    case "session":
      return { cookie: maya.cookie, origin: issuer };
    case "nobody":
      return {};
  }
}
