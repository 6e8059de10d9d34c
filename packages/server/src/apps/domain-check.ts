import { Buffer } from "node:buffer";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { OutboundFailure } from "../http/outbound-failure.ts";
import type { App } from "./app.ts";
import { holdApp } from "./apps.sql.ts";
import { type DomainProof, domainProof, fitsDomain } from "./domain.ts";
import { claimDomainCheck, selectDomain, selectDueDomains, writeDomain } from "./domains.sql.ts";

const dayMs = 86_400_000;
const checkedEveryMs = 7 * dayMs;
/** A missing proof is looked for again sooner, and is believed to be gone when it was missing as often in a row. */
const retriedAfterMs = dayMs;
const mostFailures = 4;

export type DomainStart =
  | { ok: true; proof: DomainProof; verified: boolean }
  | { ok: false; why: "closed" | "elsewhere" };

/** Remembers which domain the owner wants to prove. Another one that was proven before is given up with that. */
export async function startDomain(tx: Tx, appId: string, domain: string, actorId: string): Promise<DomainStart> {
  const held = await holdApp(tx, appId);
  if (!held) return { ok: false, why: "closed" };
  if (!fitsDomain(held.app, domain)) return { ok: false, why: "elsewhere" };
  const verified = held.app.verifiedDomain === domain;
  if (!verified) {
    await writeDomain(tx, appId, { domain, verifiedAt: null, checkedAt: null, failures: null });
    await announce(tx, "app", appId);
    await recordAudit(tx, { actorId, action: "app.domain_asked", subjectId: appId, detail: { domain } });
  }
  return { ok: true, proof: domainProof(appId, domain), verified };
}

export type DomainVerdict =
  | { ok: true; app: App }
  | { ok: false; why: "closed" | "not_asked" | "elsewhere" | "no_proof" };

/** Looks for the proof, in the text records first. Nothing changes unless it is there. */
export async function verifyDomain(ctx: Ctx, appId: string, actorId: string): Promise<DomainVerdict> {
  const domain = (await selectDomain(ctx, appId))?.domain;
  if (!domain) return { ok: false, why: "not_asked" };
  if (!(await isProven(ctx, appId, domain))) return { ok: false, why: "no_proof" };
  return inTx(ctx, async (tx): Promise<DomainVerdict> => {
    const held = await holdApp(tx, appId);
    if (!held) return { ok: false, why: "closed" };
    // While we looked, the owner may have changed his mind, or the addresses.
    if ((await selectDomain(tx, appId))?.domain !== domain) return { ok: false, why: "not_asked" };
    if (!fitsDomain(held.app, domain)) return { ok: false, why: "elsewhere" };
    const now = tx.clock.now();
    const app = await writeDomain(tx, appId, { domain, verifiedAt: now, checkedAt: now, failures: 0 });
    await announce(tx, "app", appId);
    await recordAudit(tx, { actorId, action: "app.domain_verified", subjectId: appId, detail: { domain } });
    return { ok: true, app };
  });
}

/** Takes the badge away. Undefined when the app is deleted. */
export async function dropDomain(tx: Tx, appId: string, actorId: string): Promise<App | undefined> {
  const held = await holdApp(tx, appId);
  return held && loseDomain(tx, held.app, actorId, "given up");
}

/** What changed the app calls this: a badge does not outlive the addresses that it was given for. The app must be held. */
export async function keepFittingDomain(tx: Tx, app: App, actorId: string): Promise<App> {
  if (app.verifiedDomain === null || fitsDomain(app, app.verifiedDomain)) return app;
  return loseDomain(tx, app, actorId, "the app's addresses lead elsewhere");
}

async function loseDomain(tx: Tx, app: App, actorId: string, reason: string): Promise<App> {
  const lost = await writeDomain(tx, app.id, { domain: null, verifiedAt: null, checkedAt: null, failures: null });
  await announce(tx, "app", app.id);
  const detail = { domain: app.verifiedDomain, reason };
  await recordAudit(tx, { actorId, action: "app.domain_lost", subjectId: app.id, detail });
  return lost;
}

/** Looks again for proofs that are a week old. Of many processes one looks. */
export async function recheckDomains(ctx: Ctx): Promise<void> {
  for (const seen of await selectDueDomains(ctx, ctx.clock.now() - checkedEveryMs, 20)) {
    if (!(await inTx(ctx, (tx) => claimDomainCheck(tx, seen)))) continue;
    const proven = await isProven(ctx, seen.appId, seen.domain);
    await inTx(ctx, (tx) => recordCheck(tx, seen.appId, seen.domain, proven));
  }
}

async function recordCheck(tx: Tx, appId: string, domain: string, proven: boolean): Promise<void> {
  const held = await holdApp(tx, appId);
  const now = await selectDomain(tx, appId);
  if (!held || now?.domain !== domain || now.verifiedAt === null) return;
  const failures = proven ? 0 : (now.failures ?? 0) + 1;
  if (failures >= mostFailures) {
    await loseDomain(tx, held.app, "system", "the proof is gone");
    return;
  }
  const checkedAt = tx.clock.now() - (proven ? 0 : checkedEveryMs - retriedAfterMs);
  await writeDomain(tx, appId, { domain, verifiedAt: now.verifiedAt, checkedAt, failures });
}

async function isProven(ctx: Ctx, appId: string, domain: string): Promise<boolean> {
  const { recordName, fileUrl, content } = domainProof(appId, domain);
  const texts = await ctx.outbound.texts(recordName);
  return texts.some((text) => text.trim() === content) || (await readFile(ctx, fileUrl)).includes(content);
}

/** The lines of the file; none when it cannot be had. */
async function readFile(ctx: Ctx, url: string): Promise<string[]> {
  try {
    const { status, body } = await ctx.outbound.fetch(url, { method: "GET", maxBytes: 4096, timeoutMs: 5000 });
    const text = status === 200 ? Buffer.from(body).toString("utf8") : "";
    return text.split(/\r?\n/).map((line) => line.trim());
  } catch (error) {
    if (error instanceof OutboundFailure) return [];
    throw error;
  }
}
