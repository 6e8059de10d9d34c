import type { Ctx } from "../context.ts";
import { statement } from "../store/index.ts";

/** What an app makes of a grant. Times are epoch milliseconds. */
export interface GrantUse {
  /** Sign-ins and keys that still work. */
  aliveFamilies: number;
  aliveKeys: number;
  /** When the app first and last came for tokens; null when it never did, or not for a year. */
  firstAt: number | null;
  lastAt: number | null;
}

const families = statement<{ grantId: string; now: number }>()((db, p) =>
  db
    .selectFrom("token_families as family")
    .innerJoin("grants", "grants.id", "family.grant_id")
    .innerJoin("apps", "apps.id", "grants.app_id")
    .innerJoin("users", "users.id", "grants.user_id")
    .select(({ fn, eb }) => [
      fn.min("family.created_at").as("first_at"),
      fn.max("family.rotated_at").as("last_at"),
      fn
        .sum<number | null>(
          eb
            .case()
            .when(
              eb.and([
                eb("family.revoked_at", "is", null),
                eb("family.expires_at", ">", p.now),
                eb("apps.deactivated_at", "is", null),
                eb("family.user_generation", "=", eb.ref("users.generation")),
                eb("family.app_generation", "=", eb.ref("apps.generation")),
                eb("family.grant_generation", "=", eb.ref("grants.generation")),
              ]),
            )
            .then(eb.lit(1))
            .else(eb.lit(0))
            .end(),
        )
        .as("alive"),
    ])
    .where("family.grant_id", "=", p.grantId)
    // A code that another app spoiled was no visit.
    .where("family.generation", ">", 0),
);

const keys = statement<{ grantId: string; now: number }>()((db, p) =>
  db
    .selectFrom("api_keys as key")
    .innerJoin("apps", "apps.id", "key.app_id")
    .innerJoin("users", "users.id", "key.user_id")
    .select(({ fn }) => fn.countAll<number>().as("alive"))
    .where("key.grant_id", "=", p.grantId)
    .where("key.revoked_at", "is", null)
    .where((eb) => eb.or([eb("key.expires_at", "is", null), eb("key.expires_at", ">", p.now)]))
    .where("apps.deactivated_at", "is", null)
    .whereRef("key.user_generation", "=", "users.generation")
    .whereRef("key.app_generation", "=", "apps.generation"),
);

export async function readGrantUse(ctx: Ctx, grantId: string): Promise<GrantUse> {
  const asked = { grantId, now: ctx.clock.now() };
  const [family, key] = await Promise.all([families.one(ctx, asked), keys.one(ctx, asked)]);
  return {
    aliveFamilies: family.alive ?? 0,
    aliveKeys: key.alive,
    firstAt: family.first_at,
    lastAt: family.last_at,
  };
}
