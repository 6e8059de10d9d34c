import type { Ctx } from "../context.ts";
import { statement } from "../store/index.ts";

/** For a client that does not exist, some other client's: the work is the same, whoever is asked for. */
const hashesOf = statement<{ clientId: string; now: number }>()((db, p) =>
  db
    .selectFrom("app_secrets")
    .select("hash")
    .where(({ eb, fn, selectFrom }) => {
      const asked = selectFrom("apps").select("id").where("client_id", "=", p.clientId);
      const anybody = selectFrom("app_secrets as any_secret").select("any_secret.app_id").limit(1);
      return eb("app_id", "=", fn.coalesce(asked, anybody));
    })
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", p.now)])),
);

export async function selectSecretHashes(ctx: Ctx, clientId: string): Promise<string[]> {
  return (await hashesOf.all(ctx, { clientId, now: ctx.clock.now() })).map((row) => row.hash);
}
