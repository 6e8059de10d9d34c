import type { Ctx, Tx } from "../context.ts";
import { queueMail } from "../mail/index.ts";
import type { SecurityEventsTable } from "../store/schema/accounts.ts";
import { findLanguage, type SecurityEventKind, textIn } from "../ui/index.ts";
import { eventMail } from "../ui/mail/event-mail.ts";
import {
  deleteSecurityEventsBefore,
  insertSecurityEvent,
  selectReachedAt,
  selectSecurityEvents,
} from "./security-events.sql.ts";

export interface NewSecurityEvent {
  userId: string;
  kind: SecurityEventKind;
  /** Words that the sentence about it needs: `name`, `device`, `app`, `provider`. Never a secret. */
  detail?: Readonly<Record<string, string>>;
}

export interface SecurityEvent {
  id: string;
  /** One of {@link SecurityEventKind}, or a word of a later version. */
  kind: string;
  detail: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** Told by whoever does it: that letter goes to the former address. */
const toldElsewhere: ReadonlySet<SecurityEventKind> = new Set(["email_changed"]);

/** Writes down what happened to an account, in the transaction of what happens, and tells its owner by mail. */
export async function recordSecurityEvent(tx: Tx, { userId, kind, detail = {} }: NewSecurityEvent): Promise<void> {
  const now = tx.clock.now();
  await insertSecurityEvent(tx, {
    user_id: userId,
    id: tx.random.id("sev"),
    kind,
    detail: JSON.stringify(detail),
    created_at: now,
  });
  const owner = toldElsewhere.has(kind) ? undefined : await selectReachedAt(tx, userId);
  if (!owner) return;
  const text = textIn(findLanguage([owner.locale ?? ""]) ?? "en");
  const platform = tx.config.brand.name;
  const { username } = owner;
  await queueMail(tx, { to: owner.email, kind, text: eventMail(text, { platform, username, kind, detail, at: now }) });
}

/** A page of what happened to an account, the newest first. `before` is the id of the last one seen. */
export async function listSecurityEvents(
  ctx: Ctx,
  page: { userId: string; before?: string | undefined; limit: number },
): Promise<SecurityEvent[]> {
  const { userId, before, limit } = page;
  return (await selectSecurityEvents(ctx, { userId, before, limit })).map(toEvent);
}

const keptMs = 365 * 86_400_000;

/** Answers how many went. */
export async function forgetOldSecurityEvents(tx: Tx): Promise<number> {
  return (await deleteSecurityEventsBefore(tx, tx.clock.now() - keptMs, 1000)).length;
}

function toEvent({ id, kind, detail, created_at }: SecurityEventsTable): SecurityEvent {
  return { id, kind, detail: JSON.parse(detail), createdAt: created_at };
}
