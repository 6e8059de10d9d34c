import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { App } from "./app.ts";
import { toApp } from "./row.ts";

/** What is known of an app's domain. Without `verifiedAt` it was asked for and not proven yet. */
export interface DomainState {
  domain: string | null;
  verifiedAt: number | null;
  /** When the proof was last looked for, or is said to have been. */
  checkedAt: number | null;
  /** How often in a row it was missing. */
  failures: number | null;
}

const byApp = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("apps")
    .select(["verified_domain", "domain_verified_at", "domain_checked_at", "domain_failures"])
    .where("id", "=", p.id)
    .where("deleted_at", "is", null),
);

export async function selectDomain(ctx: Ctx, appId: string): Promise<DomainState | undefined> {
  const row = await byApp.first(ctx, { id: appId });
  return (
    row && {
      domain: row.verified_domain,
      verifiedAt: row.domain_verified_at,
      checkedAt: row.domain_checked_at,
      failures: row.domain_failures,
    }
  );
}

const write = statement<DomainState & { id: string; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({
      verified_domain: p.domain,
      domain_verified_at: p.verifiedAt,
      domain_checked_at: p.checkedAt,
      domain_failures: p.failures,
      updated_at: p.now,
    })
    .where("id", "=", p.id)
    .returningAll(),
);

/** The app must be held. */
export async function writeDomain(tx: Tx, appId: string, state: DomainState): Promise<App> {
  return toApp(await write.one(tx, { ...state, id: appId, now: tx.clock.now() }));
}

export interface DueDomain {
  appId: string;
  domain: string;
  checkedAt: number;
}

const due = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom("apps")
    .select(["id", "verified_domain", "domain_checked_at"])
    .where("domain_verified_at", "is not", null)
    .where("domain_checked_at", "<", p.before)
    .where("deleted_at", "is", null)
    .orderBy("domain_checked_at")
    .limit(p.limit),
);

export async function selectDueDomains(ctx: Ctx, before: number, limit: number): Promise<DueDomain[]> {
  const rows = await due.all(ctx, { before, limit });
  return rows.map((row) => ({ appId: row.id, domain: row.verified_domain!, checkedAt: row.domain_checked_at! }));
}

const claim = statement<{ id: string; seen: number; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({ domain_checked_at: p.now })
    .where("id", "=", p.id)
    .where("domain_checked_at", "=", p.seen)
    .returning("id"),
);

/** True for one of all who saw it due. */
export async function claimDomainCheck(tx: Tx, { appId, checkedAt }: DueDomain): Promise<boolean> {
  return (await claim.first(tx, { id: appId, seen: checkedAt, now: tx.clock.now() })) !== undefined;
}
