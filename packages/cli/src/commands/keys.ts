import {
  adminScope,
  allScopes,
  createApiKey,
  findScope,
  findUserByLogin,
  getPersonalWorkspace,
  inTx,
  listApiKeys,
  parseDollars,
  revokeApiKey,
} from "@innkeeper/server";
import { answer, CommandFault, UsageFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";
import { readEnd } from "./key-end.ts";

export interface NewKeyFlags extends Flags {
  user: string;
  name?: string;
  scope?: string[];
  full?: boolean;
  limit?: string;
  period?: string;
  expires?: string;
  json?: boolean;
}

const periods = ["day", "week", "month", "total"];

/** Without `--scope` or `--full` a key may spend and nothing else. */
export function createKey(flags: NewKeyFlags): Promise<void> {
  const scopes = flags.full ? allScopes : (flags.scope?.flatMap((text) => text.split(/[\s,]+/)) ?? ["gateway:access"]);
  const unknown = scopes.filter((scope) => !findScope(scope));
  if (unknown.length > 0) throw new CommandFault(`There is no scope ${unknown.join(", ")}.`);
  const limit = flags.limit === undefined ? undefined : parseDollars(flags.limit);
  if (flags.limit !== undefined && !limit)
    throw new CommandFault(`"${flags.limit}" must be an amount of dollars above zero, such as 5.00`);
  const period = flags.period ?? "total";
  if (!periods.includes(period)) throw new UsageFault(`--period is one of ${periods.join(", ")}.`);
  const expiresAt = flags.expires === undefined ? null : readEnd(flags.expires);
  return withHouse(flags, async ({ ctx }) => {
    const owner = await findUserByLogin(ctx, flags.user);
    if (!owner) throw new CommandFault(`There is no user "${flags.user}".`);
    if (scopes.includes(adminScope.name) && (scopes.length > 1 || owner.user.role !== "operator")) {
      throw new CommandFault("Only an operator has a key that runs the platform, and it does nothing else.");
    }
    const workspace = await getPersonalWorkspace(ctx, owner.user.id);
    const created = await inTx(ctx, (tx) =>
      createApiKey(tx, {
        userId: owner.user.id,
        workspaceId: workspace.id,
        grantId: null,
        name: flags.name ?? "Key",
        scopes,
        limits: limit === undefined ? undefined : { [period]: limit },
        expiresAt,
      }),
    );
    if (!created.ok) throw new CommandFault(`The account of ${flags.user} is disabled.`);
    answer(flags.json, { key: created.key, key_id: created.apiKey.id }, [
      created.key,
      "Copy it now: only its fingerprint is kept.",
    ]);
  });
}

export function listKeys(flags: Flags & { user: string; json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const owner = await findUserByLogin(ctx, flags.user);
    if (!owner) throw new CommandFault(`There is no user "${flags.user}".`);
    const keys = await listApiKeys(ctx, owner.user.id);
    answer(
      flags.json,
      {
        keys: keys.map(({ id, name, hint, scopes, revokedAt }) => ({
          key_id: id,
          name,
          hint,
          scopes,
          revoked: revokedAt !== null,
        })),
      },
      keys.map(({ id, name, hint, revokedAt }) => `${id}  …${hint}  ${name}${revokedAt === null ? "" : "  (revoked)"}`),
    );
  });
}

export function revokeKey(keyId: string, flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const revoked = await inTx(ctx, (tx) => revokeApiKey(tx, keyId));
    if (!revoked) throw new CommandFault(`There is no living key ${keyId}.`);
    answer(flags.json, { key_id: keyId, revoked: true }, [`${keyId} is dead within a second.`]);
  });
}
