import { z } from "zod";
import type { Ctx } from "../context.ts";
import { type AuditLine, listAuditLines } from "../events/index.ts";
import { Fault } from "../kernel/faults.ts";
import { formatDollars } from "../kernel/money.ts";
import { type Entry, findWallet, listEntries } from "../ledger/index.ts";
import { adminScopes as anyOf, requireStaff } from "./admin-caller.ts";
import { type Operation, operation } from "./operation.ts";

const limit = z.coerce.number().int().min(1).max(100).default(25);
const word = z.string().max(128).optional();

const line = z
  .object({
    line_id: z.string(),
    actor_id: z.string().meta({ description: "A user, an app, or `system`" }),
    action: z.string(),
    subject_id: z.string(),
    detail: z.record(z.string(), z.unknown()),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "AuditLine" });

const entry = z
  .object({
    seq: z.int(),
    entry_id: z.string(),
    kind: z.string(),
    debit_account: z.string(),
    credit_account: z.string(),
    amount: z.string().meta({ description: "Dollars" }),
    balance_after: z.string(),
    reference: z.string(),
    created_at: z.iso.datetime(),
    checksum: z.string().meta({ description: "Over this entry and the checksum before it" }),
  })
  .meta({ id: "LedgerEntry" });

/** What happened, for the people who run the platform: nothing here can be changed. */
export function adminRecordOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/admin/audit-log",
      summary: "Read the audit log, newest first",
      anyOf,
      query: z.object({
        actor: word,
        action: word.meta({ description: "Whole, such as `user.disabled`, or its first word" }),
        subject: word,
        before: word.meta({ description: "The `next` of the page before" }),
        limit,
      }),
      answer: z.object({ items: z.array(line), next: z.string().nullable() }),
      async handle({ caller, query: { actor, action, subject, before, limit } }) {
        await requireStaff(ctx, caller, "audit.read");
        const filter = { actorId: actor, action, subjectId: subject, before };
        const found = await listAuditLines(ctx, { ...filter, limit: limit + 1 });
        const items = found.slice(0, limit).map(renderLine);
        return { items, next: found.length > limit ? items.at(-1)!.line_id : null };
      },
    }),
    operation({
      method: "GET",
      path: "/admin/wallets/{wallet_id}/entries",
      summary: "Read the ledger of a wallet, newest first",
      anyOf,
      query: z.object({
        before: z.coerce.number().int().min(0).optional().meta({ description: "The `next` of the page before" }),
        limit,
      }),
      answer: z.object({
        wallet_id: z.string(),
        balance: z.string(),
        held: z.string(),
        items: z.array(entry),
        next: z.int().nullable(),
      }),
      async handle({ caller, params: { wallet_id }, query: { before, limit } }) {
        await requireStaff(ctx, caller, "ledger.read");
        const wallet = await findWallet(ctx, wallet_id);
        if (!wallet) throw new Fault("not_found", "Wallet not found");
        const found = await listEntries(ctx, { walletId: wallet_id, before, limit: limit + 1 });
        const items = found.slice(0, limit).map(renderEntry);
        return {
          wallet_id,
          balance: formatDollars(wallet.balanceMicros),
          held: formatDollars(wallet.heldMicros),
          items,
          next: found.length > limit ? items.at(-1)!.seq : null,
        };
      },
    }),
  ];
}

function renderLine({ id, actorId, action, subjectId, detail, createdAt }: AuditLine): z.input<typeof line> {
  const created_at = new Date(createdAt).toISOString();
  return { line_id: id, actor_id: actorId, action, subject_id: subjectId, detail, created_at };
}

function renderEntry(each: Entry): z.input<typeof entry> {
  return {
    seq: each.seq,
    entry_id: each.id,
    kind: each.kind,
    debit_account: each.debitAccount,
    credit_account: each.creditAccount,
    amount: formatDollars(each.amountMicros),
    balance_after: formatDollars(each.balanceAfterMicros),
    reference: each.reference,
    created_at: new Date(each.createdAt).toISOString(),
    checksum: each.checksum,
  };
}
