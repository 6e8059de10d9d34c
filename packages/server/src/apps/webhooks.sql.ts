import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const target = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("apps")
    .select(["webhook_url", "webhook_secret_sealed"])
    .where("id", "=", p.id)
    .where("deleted_at", "is", null),
);

export interface WebhookTarget {
  url: string | null;
  secretSealed: string | null;
}

/** Undefined when the app is deleted. */
export async function selectWebhookTarget(ctx: Ctx, appId: string): Promise<WebhookTarget | undefined> {
  const row = await target.first(ctx, { id: appId });
  return row && { url: row.webhook_url, secretSealed: row.webhook_secret_sealed };
}

const setSecret = statement<{ id: string; sealed: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({ webhook_secret_sealed: p.sealed, updated_at: p.now })
    .where("id", "=", p.id)
    .returning("id"),
);

/** The app must be held. */
export async function replaceWebhookSecret(tx: Tx, appId: string, sealed: string): Promise<void> {
  await setSecret.one(tx, { id: appId, sealed, now: tx.clock.now() });
}
