import { z } from "zod";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import {
  addressOf,
  findUser,
  type KeyNonces,
  keyName,
  keySchemes,
  linkProvenKey,
  listSignatureKeys,
  type NonceUse,
  proveKey,
  type SignatureKey,
  unlinkKey,
} from "../people/index.ts";
import { type ApiCaller, requireRecentSignIn } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const hotkey = z.object({
  hotkey_id: z.string(),
  hotkey: z.string().describe("The SS58 address of the key, with the generic prefix."),
  scheme: z.enum(keySchemes),
  public_key: z.string(),
  name: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
});

const linking = z.object({
  hotkey: z.string().max(80).describe("The key: an SS58 address of any network, or 64 hexadecimal digits."),
  signature: z.string().max(200).describe("The key's signature of the text, in hexadecimal."),
  nonce: z.string().max(512).describe("The nonce of the text that was signed."),
  name: keyName.default("Hotkey"),
});

/** Whoever could link a key with a token alone would turn a token that is worth little into the whole account. */
const inPerson: readonly string[] = [];

/** The keys whose signature signs in. Linking and unlinking take the user in person, a short while after signing in. */
export function hotkeyOperations(ctx: Ctx, nonces: KeyNonces): Operation[] {
  const useOf = async ({ userId }: ApiCaller): Promise<NonceUse> => {
    const user = await findUser(ctx, userId);
    return { purpose: "link-key", account: { id: userId, username: user?.username ?? "" } };
  };
  return [
    operation({
      method: "GET",
      path: "/users/me/hotkeys",
      summary: "List the hotkeys that sign you in",
      description: "For you alone: an app's token is refused, whatever it may read.",
      anyOf: ["account:read"],
      answer: z.object({ items: z.array(hotkey) }),
      refusals: ["forbidden"],
      async handle({ caller }) {
        // Whoever allows an app to see his plan has not told it by which keys he is known elsewhere.
        if (caller.appId !== null) throw new Fault("forbidden", "An app sees no hotkeys.");
        return { items: (await listSignatureKeys(ctx, caller.userId)).map(render) };
      },
    }),
    operation({
      method: "GET",
      path: "/users/me/hotkeys/nonce",
      summary: "Get a text which a hotkey signs to be linked",
      description: "Works for five minutes, once, and for your account only.",
      anyOf: inPerson,
      answer: z.object({ nonce: z.string(), text: z.string(), expires_at: z.string() }),
      handle: async ({ caller }) => {
        const { nonce, text, expiresAt } = nonces.issue(await useOf(caller));
        return { nonce, text, expires_at: new Date(expiresAt).toISOString() };
      },
    }),
    operation({
      method: "POST",
      path: "/users/me/hotkeys",
      summary: "Link a hotkey",
      anyOf: inPerson,
      body: linking,
      answer: hotkey,
      refusals: ["forbidden", "invalid_request", "conflict"],
      async handle({ caller, body }) {
        await requireRecentSignIn(ctx, caller);
        const challenge = await nonces.open(await useOf(caller), body.nonce);
        if (!challenge) throw new Fault("invalid_request", "Invalid nonce!");
        const proof = await proveKey(ctx, { ...body, text: challenge.text });
        if (!proof) throw new Fault("invalid_request", "Invalid signature!");
        const linked = await linkProvenKey(ctx, { userId: caller.userId, name: body.name, proof, challenge });
        if (linked.ok) return render(linked.key);
        throw new Fault(linked.why === "nonce" ? "invalid_request" : "conflict", refusals[linked.why]);
      },
    }),
    operation({
      method: "DELETE",
      path: "/users/me/hotkeys/{hotkey_id}",
      summary: "Unlink a hotkey",
      description: "Sessions that were begun with a hotkey end with it. Your last way to sign in stays.",
      anyOf: inPerson,
      answer: z.object({ hotkey_id: z.string(), deleted: z.literal(true) }),
      refusals: ["forbidden", "not_found", "conflict"],
      async handle({ caller, params: { hotkey_id: keyId } }) {
        await requireRecentSignIn(ctx, caller);
        const { userId } = caller;
        const unlinked = await inTx(ctx, (tx) => unlinkKey(tx, { userId, keyId, keepSession: caller.session?.id }));
        if (!unlinked.ok) throw unlinked.why === "last" ? lastWay() : new Fault("not_found", "Hotkey not found");
        return { hotkey_id: keyId, deleted: true as const };
      },
    }),
  ];
}

const lastWay = () =>
  new Fault("conflict", "This is your last way to sign in. Set a password or link another hotkey first.");

const refusals = {
  nonce: "Invalid nonce!",
  linked: "This hotkey is linked to your account already.",
  taken: "This hotkey belongs to another account.",
  too_many: "This account has as many hotkeys as it may have. Unlink one first.",
} as const;

function render(key: SignatureKey): z.input<typeof hotkey> {
  return {
    hotkey_id: key.id,
    hotkey: addressOf(key),
    scheme: key.scheme,
    public_key: key.publicKey,
    name: key.name,
    created_at: new Date(key.createdAt).toISOString(),
    last_used_at: key.lastUsedAt === null ? null : new Date(key.lastUsedAt).toISOString(),
  };
}
