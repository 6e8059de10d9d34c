import { type Ctx, inTx } from "../context.ts";
import { renderMail } from "../ui/mail/render-mail.ts";
import { openMail } from "./content.ts";
import type { Mail, QueuedMail } from "./mail.ts";
import { giveUpMail, leaseMail, markSent, postponeMail, selectDueMails } from "./mails.sql.ts";
import { type Delivery, openTransport, type Transport } from "./transport.ts";

export interface Postman {
  /** Sets out with what is due, and does not wait for it. */
  begin(): Promise<void>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

/** How many letters are on their way at once. */
const abreast = 8;
/** Longer than one conversation with the mail server takes; a letter whose process died is taken up after it. */
const leaseMs = 180_000;
const givenUpAfterMs = 86_400_000;
const firstPauseMs = 15_000;
const longestPauseMs = 3_600_000;

/** Brings mail to the operator's mail server. Where there is none, there is nothing to do. */
export function createPostman(ctx: Ctx): Postman {
  const { smtpUrl } = ctx.config.mail;
  const walks = new Map<string, Promise<void>>();
  let transport: Promise<Transport> | undefined;

  async function deliver(id: string): Promise<void> {
    const queued = await inTx(ctx, (tx) => leaseMail(tx, id, leaseMs));
    if (!queued) return;
    const mail = openMail(ctx, queued.contentSealed);
    transport ??= openTransport(ctx.config, smtpUrl!);
    const verdict = await attempt(ctx, await transport, queued, mail);
    await record(ctx, queued, mail?.kind, verdict);
  }

  return {
    async begin() {
      if (smtpUrl === undefined) return;
      for (const { id } of await selectDueMails(ctx, abreast)) {
        if (walks.has(id) || walks.size >= abreast) continue;
        const walk = deliver(id)
          .catch((error) =>
            ctx.log.warn({ mail: id, error: String(error) }, "a mail could not be sent and is tried again"),
          )
          .finally(() => walks.delete(id));
        walks.set(id, walk);
      }
    },
    async idle() {
      await Promise.all(walks.values());
    },
  };
}

async function attempt(ctx: Ctx, transport: Transport, queued: QueuedMail, mail: Mail | undefined): Promise<Delivery> {
  if (!mail) return { ok: false, hopeless: true, error: "Its secret was retired." };
  if (ctx.clock.now() >= (mail.usefulUntil ?? Infinity)) {
    return { ok: false, hopeless: true, error: "Nobody could use it any more." };
  }
  const { brand, issuer } = ctx.config;
  const content = renderMail({ brand, issuer }, mail.text);
  const { id, createdAt: writtenAt } = queued;
  return transport.send({ id, to: mail.to, subject: mail.text.subject, writtenAt, ...content });
}

async function record(ctx: Ctx, queued: QueuedMail, kind: string | undefined, verdict: Delivery): Promise<void> {
  if (verdict.ok) {
    await inTx(ctx, (tx) => markSent(tx, queued));
    return;
  }
  const { id, attempts, createdAt } = queued;
  const { error } = verdict;
  const at = ctx.clock.now() + Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
  if (verdict.hopeless || at >= createdAt + givenUpAfterMs) {
    await inTx(ctx, (tx) => giveUpMail(tx, queued, error));
    ctx.log.warn({ mail: id, kind, attempts, error }, "a mail was given up");
  } else {
    await inTx(ctx, (tx) => postponeMail(tx, queued, at, error));
    ctx.log.info({ mail: id, kind, attempts, error }, "a mail could not be sent and is tried again");
  }
}
