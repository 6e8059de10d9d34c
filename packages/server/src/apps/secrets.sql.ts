import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { AppSecretsTable } from "../store/schema/apps.ts";

/** A secret of which nothing but the last characters is known any more. */
export interface Secret {
  id: string;
  /** The last four characters. */
  hint: string;
  createdAt: number;
  /** Epoch milliseconds; null for the one that was not replaced. */
  expiresAt: number | null;
}

/** An id shows a part of the hash, never of the secret: too little to be compared with, enough to be one of its own. */
const idDigits = 26;
const idShape = /^sec_[0-9a-f]{26}$/;

export interface NewSecret {
  appId: string;
  hash: string;
  hint: string;
}

const insert = statement<NewSecret & { now: number }>()((db, p) =>
  db
    .insertInto("app_secrets")
    .values({ app_id: p.appId, hash: p.hash, hint: p.hint, created_at: p.now, expires_at: null })
    .returningAll(),
);

export async function insertSecret(tx: Tx, secret: NewSecret): Promise<Secret> {
  return toSecret(await insert.one(tx, { ...secret, now: tx.clock.now() }));
}

const living = statement<{ appId: string; now: number }>()((db, p) =>
  db
    .selectFrom("app_secrets")
    .selectAll()
    .where("app_id", "=", p.appId)
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)]))
    .orderBy("created_at", "desc")
    .orderBy("hash"),
);

const livingRows = (ctx: Ctx, appId: string) => living.all(ctx, { appId, now: ctx.clock.now() });

/** What a secret is compared with, for as long as it authenticates. */
export interface SecretHash {
  hash: string;
  /** Epoch milliseconds; null for one that was not replaced. */
  expiresAt: number | null;
}

export async function selectHashes(ctx: Ctx, appId: string): Promise<SecretHash[]> {
  return (await livingRows(ctx, appId)).map((row) => ({ hash: row.hash, expiresAt: row.expires_at }));
}

/** Living ones, newest first. */
export async function selectSecrets(ctx: Ctx, appId: string): Promise<Secret[]> {
  return (await livingRows(ctx, appId)).map(toSecret);
}

const limitLife = statement<{ appId: string; until: number }>()((db, p) =>
  db
    .updateTable("app_secrets")
    .set({ expires_at: p.until })
    .where("app_id", "=", p.appId)
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", p.until)]))
    .returning("hash"),
);

/** Lets every secret there is end at `until`, or when it would have ended before that. */
export async function expireSecrets(tx: Tx, appId: string, until: number): Promise<void> {
  await limitLife.all(tx, { appId, until });
}

const removeDead = statement<{ appId: string; now: number }>()((db, p) =>
  db.deleteFrom("app_secrets").where("app_id", "=", p.appId).where("expires_at", "<=", p.now).returning("hash"),
);

export async function forgetDeadSecrets(tx: Tx, appId: string): Promise<void> {
  await removeDead.all(tx, { appId, now: tx.clock.now() });
}

const removeAll = statement<{ appId: string }>()((db, p) =>
  db.deleteFrom("app_secrets").where("app_id", "=", p.appId).returning("hash"),
);

export async function deleteSecrets(tx: Tx, appId: string): Promise<void> {
  await removeAll.all(tx, { appId });
}

const remove = statement<{ appId: string; from: string; to: string }>()((db, p) =>
  db
    .deleteFrom("app_secrets")
    .where("app_id", "=", p.appId)
    .where("hash", ">=", p.from)
    .where("hash", "<", p.to)
    .returningAll(),
);

/** Undefined when there was none. */
export async function deleteSecret(tx: Tx, appId: string, secretId: string): Promise<Secret | undefined> {
  if (!idShape.test(secretId)) return undefined;
  const digits = secretId.slice("sec_".length);
  // No hash has a digit above `f`.
  const row = await remove.first(tx, { appId, from: digits, to: `${digits}g` });
  return row && toSecret(row);
}

function toSecret(row: AppSecretsTable): Secret {
  return {
    id: `sec_${row.hash.slice(0, idDigits)}`,
    hint: row.hint,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
