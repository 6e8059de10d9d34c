import { z } from "zod";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { listPasskeys, type Passkey, passkeyName, removePasskey, renamePasskey } from "../people/index.ts";
import { insistOnRecentSignIn } from "./app-access.ts";
import { type Operation, operation } from "./operation.ts";

const passkey = z
  .object({
    passkey_id: z.string(),
    name: z.string(),
    synced: z.boolean().meta({ description: "Whether whoever keeps it has a copy for other devices" }),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Passkey" });

/** As with hotkeys: no token may touch what opens the whole account. */
const inPerson: readonly string[] = [];

/** The passkeys of a user. They are added in a browser, where an authenticator is. */
export function passkeyOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/users/me/passkeys",
      summary: "List the passkeys that sign you in",
      anyOf: ["account:read"],
      answer: z.object({ items: z.array(passkey) }),
      handle: async ({ caller }) => ({ items: (await listPasskeys(ctx, caller.userId)).map(render) }),
    }),
    operation({
      method: "PATCH",
      path: "/users/me/passkeys/{passkey_id}",
      summary: "Rename a passkey",
      anyOf: inPerson,
      body: z.object({ name: passkeyName }),
      answer: passkey,
      refusals: ["not_found"],
      async handle({ caller: { userId }, params: { passkey_id: id }, body: { name } }) {
        const renamed = await inTx(ctx, (tx) => renamePasskey(tx, { id, userId, name }));
        if (!renamed) throw unknown();
        return render(renamed);
      },
    }),
    operation({
      method: "DELETE",
      path: "/users/me/passkeys/{passkey_id}",
      summary: "Remove a passkey",
      description: "Other sessions that were begun with a passkey of its kind end with it.",
      anyOf: inPerson,
      answer: z.object({ passkey_id: z.string(), deleted: z.literal(true) }),
      refusals: ["forbidden", "not_found", "conflict"],
      async handle({ caller, params: { passkey_id: id } }) {
        await insistOnRecentSignIn(ctx, caller);
        const { userId, session } = caller;
        const removed = await inTx(ctx, (tx) => removePasskey(tx, { id, userId, keepSession: session?.id }));
        if (!removed.ok) throw removed.why === "last" ? new Fault("conflict", lastWay) : unknown();
        return { passkey_id: id, deleted: true as const };
      },
    }),
  ];
}

const lastWay = "This is your last way to sign in. Set a password or add another passkey first.";
const unknown = () => new Fault("not_found", "Passkey not found");

function render({ id, name, syncedAt, createdAt, lastUsedAt }: Passkey): z.input<typeof passkey> {
  return {
    passkey_id: id,
    name,
    synced: syncedAt !== null,
    created_at: new Date(createdAt).toISOString(),
    last_used_at: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}
