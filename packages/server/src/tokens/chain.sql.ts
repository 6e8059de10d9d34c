import type { Ctx } from "../context.ts";
import { splitWords } from "../kernel/words.ts";
import type { User } from "../people/index.ts";
import { statement } from "../store/index.ts";

/** Whoever is about to be deleted counts as disabled here. */
export type Person = Omit<User, "role" | "deletionDueAt">;

export interface ChainGrant {
  id: string;
  userId: string;
  appId: string;
  workspaceId: string;
  budgetId: string | null;
  scopes: ReadonlySet<string>;
  /** The same, as it is stored. */
  scopeText: string;
  generation: number;
  expiresAt: number | null;
  revokedAt: number | null;
}

export interface ChainApp {
  id: string;
  clientId: string;
  generation: number;
  deactivatedAt: number | null;
}

/** Everybody who must still agree for a token to live. */
export interface Chain {
  user: Person;
  app: ChainApp;
  grant: ChainGrant;
}

/** One read for all three: a token that is not known yet must not cost three trips to the database. */
const chainOf = statement<{ grantId: string }>()((db, p) =>
  db
    .selectFrom("grants")
    .innerJoin("users", "users.id", "grants.user_id")
    .innerJoin("apps", "apps.id", "grants.app_id")
    .select([
      "grants.workspace_id",
      "grants.budget_id",
      "grants.scopes",
      "grants.generation as grant_generation",
      "grants.expires_at as grant_expires_at",
      "grants.revoked_at",
      "apps.id as app_id",
      "apps.client_id",
      "apps.generation as app_generation",
      "apps.deactivated_at",
      "users.id",
      "users.username",
      "users.display_name",
      "users.email",
      "users.email_verified_at",
      "users.phone",
      "users.phone_verified_at",
      "users.address",
      "users.nickname",
      "users.avatar_id",
      "users.locale",
      "users.generation",
      "users.disabled_at",
      "users.deletion_due_at",
      "users.created_at",
      "users.updated_at",
    ])
    .where("grants.id", "=", p.grantId),
);

export async function selectChain(ctx: Ctx, grantId: string): Promise<Chain | undefined> {
  const row = await chainOf.first(ctx, { grantId });
  if (!row) return undefined;
  return {
    user: toPerson(row),
    app: {
      id: row.app_id,
      clientId: row.client_id,
      generation: row.app_generation,
      deactivatedAt: row.deactivated_at,
    },
    grant: {
      id: grantId,
      userId: row.id,
      appId: row.app_id,
      workspaceId: row.workspace_id,
      budgetId: row.budget_id,
      scopes: new Set(splitWords(row.scopes)),
      scopeText: row.scopes,
      generation: row.grant_generation,
      expiresAt: row.grant_expires_at,
      revokedAt: row.revoked_at,
    },
  };
}

const personById = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select([
      "id",
      "username",
      "display_name",
      "email",
      "email_verified_at",
      "phone",
      "phone_verified_at",
      "address",
      "nickname",
      "avatar_id",
      "locale",
      "generation",
      "disabled_at",
      "deletion_due_at",
      "created_at",
      "updated_at",
    ])
    .where("id", "=", p.id),
);

export async function selectPerson(ctx: Ctx, id: string): Promise<Person | undefined> {
  const row = await personById.first(ctx, { id });
  return row && toPerson(row);
}

interface PersonRow {
  id: string;
  username: string;
  display_name: string;
  email: string | null;
  email_verified_at: number | null;
  phone: string | null;
  phone_verified_at: number | null;
  address: string | null;
  nickname: string | null;
  avatar_id: string | null;
  locale: string | null;
  generation: number;
  disabled_at: number | null;
  deletion_due_at: number | null;
  created_at: number;
  updated_at: number;
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    email: row.email,
    emailVerifiedAt: row.email_verified_at,
    phone: row.phone,
    phoneVerifiedAt: row.phone_verified_at,
    address: row.address,
    nickname: row.nickname,
    avatarId: row.avatar_id,
    locale: row.locale,
    generation: row.generation,
    disabledAt: row.disabled_at ?? row.deletion_due_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
