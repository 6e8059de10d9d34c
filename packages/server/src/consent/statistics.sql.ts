import type { Ctx } from "../context.ts";
import { idFloor } from "../kernel/random.ts";
import { statement } from "../store/index.ts";

/** How an app is used. */
export interface AppStatistics {
  /** Who allow it something now. */
  users: number;
  /** Ever given. */
  grants: number;
  /** Since the given time, as are the rest. */
  activeUsers: number;
  calls: number;
  /** Calls that came to nothing. */
  errors: number;
  spendMicros: number;
}

const allowed = statement<{ appId: string; now: number }>()((db, p) =>
  db
    .selectFrom("grants")
    .select(({ fn, eb }) => [
      fn.countAll<number>().as("grants"),
      fn
        .coalesce(
          fn.sum<number>(
            eb
              .case()
              .when(
                eb.and([
                  eb("revoked_at", "is", null),
                  eb.or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)]),
                ]),
              )
              .then(eb.lit(1))
              .else(eb.lit(0))
              .end(),
          ),
          eb.lit(0),
        )
        .as("users"),
    ])
    .where("app_id", "=", p.appId),
);

const signedIn = statement<{ appId: string; since: number }>()((db, p) =>
  db
    .selectFrom("grants")
    .innerJoin("token_families", "token_families.grant_id", "grants.id")
    .select("grants.user_id")
    .distinct()
    .where("grants.app_id", "=", p.appId)
    .where("token_families.rotated_at", ">=", p.since),
);

/** A wallet's calls stand together in the order of time, so each user costs one look at what he did since. */
const called = statement<{ appId: string; floor: string }>()((db, p) =>
  db
    .selectFrom("grants")
    .innerJoin("holds", (join) =>
      join.onRef("holds.wallet_id", "=", "grants.workspace_id").onRef("holds.grant_id", "=", "grants.id"),
    )
    .select(({ fn, eb }) => [
      "grants.user_id",
      fn.countAll<number>().as("calls"),
      fn
        .sum<number>(
          eb.case().when("holds.outcome", "in", ["released", "expired"]).then(eb.lit(1)).else(eb.lit(0)).end(),
        )
        .as("errors"),
      fn.sum<number>(fn.coalesce("holds.cost_micros", eb.lit(0))).as("spend_micros"),
    ])
    .where("grants.app_id", "=", p.appId)
    .where("holds.id", ">=", p.floor)
    .groupBy("grants.user_id"),
);

/** @param since epoch milliseconds */
export async function appStatistics(ctx: Ctx, appId: string, since: number): Promise<AppStatistics> {
  const [{ users, grants }, signers, callers] = await Promise.all([
    allowed.one(ctx, { appId, now: ctx.clock.now() }),
    signedIn.all(ctx, { appId, since }),
    called.all(ctx, { appId, floor: idFloor("hld", since) }),
  ]);
  const sum = (column: "calls" | "errors" | "spend_micros") =>
    callers.reduce((total, row) => total + Number(row[column]), 0);
  return {
    users: Number(users),
    grants,
    activeUsers: new Set([...signers, ...callers].map((row) => row.user_id)).size,
    calls: sum("calls"),
    errors: sum("errors"),
    spendMicros: sum("spend_micros"),
  };
}
