import { auditLedger, formatDollars, listUnbilled } from "@innkeeper/server";
import { answer, CommandFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

/** Recomputes every balance, window and chain from the entries. Exits with 1 if one of them is wrong. */
export function audit(flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const violations = await auditLedger(ctx);
    answer(flags.json, { violations }, [
      violations.length === 0 ? "The ledger is right." : `${violations.length} violations:`,
      ...violations.map((violation) => JSON.stringify(violation)),
    ]);
    if (violations.length > 0)
      throw new CommandFault("The ledger is wrong. Stop the server and keep a copy of the database.");
  });
}

/** The latest calls that ended without a report, such as those of a killed process: nobody paid for them. */
export function unbilled(flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const calls = await listUnbilled(ctx, { limit: 100 });
    const lines = calls.map(
      ({ id, createdAt, item, amountMicros }) =>
        `${new Date(createdAt).toISOString()}  ${id}  ${item}  at most $${formatDollars(amountMicros)}`,
    );
    const rows = calls.map(({ id, createdAt, walletId, item, amountMicros, requestId }) => ({
      receipt: id,
      at: new Date(createdAt).toISOString(),
      wallet_id: walletId,
      model: item,
      held_micros: amountMicros,
      request_id: requestId,
    }));
    answer(flags.json, { calls: rows }, lines.length === 0 ? ["Every call was billed or came to nothing."] : lines);
  });
}
