import type { Config } from "../config/config.ts";
import type { Ctx, Tx } from "../context.ts";
import { openMail, sealMail } from "./content.ts";
import type { Mail } from "./mail.ts";
import { deleteMailsBefore, insertMail, selectReadableMail, selectReadableMails } from "./mails.sql.ts";

/** Where mail goes: over the wire, into the readable outbox of a development machine, or nowhere. */
export function mailWay({ mail, issuer }: Config): "smtp" | "outbox" | "none" {
  if (mail.smtpUrl !== undefined) return "smtp";
  // An http issuer is on loopback.
  return issuer.startsWith("http:") ? "outbox" : "none";
}

/** Whether people can be written to. What needs that is neither offered nor done where they cannot. */
export function canMail(config: Config): boolean {
  return mailWay(config) !== "none";
}

/**
 * Writes a mail in the changing transaction: it is sent if that commits, and only then. Does nothing where mail goes
 * nowhere.
 *
 * @param options.toNobody the same work for an address that must not be written to, so that nobody can tell by the time
 */
export async function queueMail(tx: Tx, mail: Mail, { toNobody = false } = {}): Promise<void> {
  const way = mailWay(tx.config);
  if (way === "none") return;
  const now = tx.clock.now();
  await insertMail(tx, {
    id: tx.random.id("mail"),
    content_sealed: sealMail(tx, mail),
    // In the outbox it has arrived.
    sent_at: way === "outbox" && !toNobody ? now : null,
    gave_up_at: toNobody ? now : null,
  });
}

const keptMs = 7 * 86_400_000;

/** Answers how many went. */
export async function forgetOldMails(tx: Tx): Promise<number> {
  return (await deleteMailsBefore(tx, tx.clock.now() - keptMs, 1000)).length;
}

/** A mail in the outbox of a development machine. */
export interface OutboxMail extends Mail {
  id: string;
  createdAt: number;
}

const shownMails = 100;

/** The newest first. Empty where mail goes over the wire. */
export async function listOutbox(ctx: Ctx): Promise<OutboxMail[]> {
  if (mailWay(ctx.config) !== "outbox") return [];
  return (await selectReadableMails(ctx, shownMails)).flatMap(({ id, createdAt, contentSealed }) => {
    const mail = openMail(ctx, contentSealed);
    return mail ? [{ ...mail, id, createdAt }] : [];
  });
}

export async function findOutboxMail(ctx: Ctx, id: string): Promise<OutboxMail | undefined> {
  if (mailWay(ctx.config) !== "outbox") return undefined;
  const row = await selectReadableMail(ctx, id);
  const mail = row && openMail(ctx, row.contentSealed);
  return mail && { ...mail, id, createdAt: row.createdAt };
}
