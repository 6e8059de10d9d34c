import type { Ctx, Tx } from "../context.ts";
import { idFloor } from "../kernel/random.ts";
import { joinWords, splitWords } from "../kernel/words.ts";
import { type Acr, readAcr } from "../people/index.ts";
import { statement } from "../store/index.ts";
import type { TokenFamiliesTable } from "../store/schema/tokens.ts";
import type { Generations } from "./chain.ts";
import type { RefreshToken } from "./refresh-token.ts";

/** One sign-in of one user at one app, and every token that came of it. Times are epoch milliseconds. */
export interface Family {
  id: string;
  grantId: string;
  userId: string;
  appId: string;
  scopes: readonly string[];
  /** Goes up with every rotation; 0 where it never lived. */
  generation: number;
  authenticatedAt: number;
  amr: readonly string[];
  acr: Acr | null;
  createdAt: number;
  rotatedAt: number;
  expiresAt: number;
  revokedAt: number | null;
}

/** What is told in tokens of a family that lives. */
export type LivingFamily = Pick<
  Family,
  "id" | "scopes" | "generation" | "createdAt" | "rotatedAt" | "expiresAt" | "authenticatedAt" | "amr" | "acr"
>;

const insert = statement<TokenFamiliesTable>()((db, p) =>
  db
    .insertInto("token_families")
    .values({
      id: p.id,
      grant_id: p.grant_id,
      user_id: p.user_id,
      app_id: p.app_id,
      scopes: p.scopes,
      generation: p.generation,
      authenticated_at: p.authenticated_at,
      amr: p.amr,
      acr: p.acr,
      created_at: p.created_at,
      rotated_at: p.rotated_at,
      expires_at: p.expires_at,
      revoked_at: p.revoked_at,
      user_generation: p.user_generation,
      app_generation: p.app_generation,
      grant_generation: p.grant_generation,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id"),
);

export type NewFamily = Omit<Family, "generation" | "createdAt" | "rotatedAt" | "revokedAt"> & {
  generations: Generations;
};

/** In a transaction of its own. Undefined when there is such a family already: then its code was used before. */
export async function commitFamily(ctx: Ctx, family: NewFamily): Promise<LivingFamily | undefined> {
  const now = ctx.clock.now();
  const inserted = await insert.commit(ctx, toRow(family, now, null));
  return inserted && { ...family, generation: 1, createdAt: now, rotatedAt: now };
}

/** A family that never lived, so that its id cannot be had any more. False when it exists. */
export async function insertDeadFamily(tx: Tx, family: NewFamily): Promise<boolean> {
  const now = tx.clock.now();
  return (await insert.first(tx, toRow(family, now, now))) !== undefined;
}

function toRow(family: NewFamily, now: number, revokedAt: number | null): TokenFamiliesTable {
  return {
    id: family.id,
    grant_id: family.grantId,
    user_id: family.userId,
    app_id: family.appId,
    scopes: joinWords(family.scopes),
    generation: revokedAt === null ? 1 : 0,
    authenticated_at: family.authenticatedAt,
    amr: joinWords(family.amr),
    acr: family.acr,
    created_at: now,
    rotated_at: now,
    expires_at: family.expiresAt,
    revoked_at: revokedAt,
    user_generation: family.generations.user,
    app_generation: family.generations.app,
    grant_generation: family.generations.grant,
  };
}

interface Rotation {
  id: string;
  appId: string;
  /** The one that is used up. */
  generation: number;
  expiresAt: number;
}

const rotate = statement<Rotation & { now: number }>()((db, p) =>
  db
    .updateTable("token_families")
    .set(({ eb }) => ({ generation: eb("generation", "+", 1), rotated_at: p.now, expires_at: p.expiresAt }))
    .where("id", "=", p.id)
    .where("app_id", "=", p.appId)
    .where("generation", "=", p.generation)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", p.now)
    .returning(["generation", "authenticated_at", "amr", "acr"]),
);

/** In a transaction of its own. The rotated family, or undefined: then the token was not the living one. */
export async function commitRotation(
  ctx: Ctx,
  token: RefreshToken,
  expiresAt: number,
): Promise<LivingFamily | undefined> {
  const { familyId: id, appId, generation } = token;
  const now = ctx.clock.now();
  const row = await rotate.commit(ctx, { id, appId, generation, expiresAt, now });
  return (
    row && {
      id,
      scopes: token.scopes,
      generation: row.generation,
      createdAt: token.familyCreatedAt,
      rotatedAt: now,
      expiresAt,
      authenticatedAt: row.authenticated_at,
      amr: splitWords(row.amr),
      acr: readAcr(row.acr) ?? null,
    }
  );
}

const byId = statement<{ id: string }>()((db, p) => db.selectFrom("token_families").selectAll().where("id", "=", p.id));

export async function selectFamily(ctx: Ctx, id: string): Promise<Family | undefined> {
  const row = await byId.first(ctx, { id });
  return row && toFamily(row);
}

const revoke = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("token_families")
    .set({ revoked_at: p.now })
    .where("id", "=", p.id)
    .where("revoked_at", "is", null)
    .returningAll(),
);

/** Undefined when the family did not live. */
export async function updateRevoked(tx: Tx, id: string): Promise<Family | undefined> {
  const row = await revoke.first(tx, { id, now: tx.clock.now() });
  return row && toFamily(row);
}

const deleteBefore = statement<{ floor: string }>()((db, p) =>
  db.deleteFrom("token_families").where("id", "<", p.floor).returning("id"),
);

/** As long as the oldest family could live, and a day. */
const familiesKeptMs = 366 * 86_400_000;

/** Forgets the families that nothing can come of any more. Answers how many went. */
export async function forgetExpiredFamilies(tx: Tx): Promise<number> {
  return (await deleteBefore.all(tx, { floor: idFloor("fam", tx.clock.now() - familiesKeptMs) })).length;
}

function toFamily(row: TokenFamiliesTable): Family {
  return {
    id: row.id,
    grantId: row.grant_id,
    userId: row.user_id,
    appId: row.app_id,
    scopes: splitWords(row.scopes),
    generation: row.generation,
    authenticatedAt: row.authenticated_at,
    amr: splitWords(row.amr),
    acr: readAcr(row.acr) ?? null,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
