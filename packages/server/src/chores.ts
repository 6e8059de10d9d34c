import { type Courier, recheckDomains } from "./apps/index.ts";
import { type Ctx, inTx, type Tx } from "./context.ts";
import { forgetOldChanges, forgetOldWebhooks } from "./events/index.ts";
import type { Sealer } from "./kernel/seal.ts";
import { rotateOldKeys } from "./keys/index.ts";
import type { Ledger } from "./ledger/index.ts";
import { createPostman, forgetOldMails } from "./mail/index.ts";
import { forgetExpiredDeviceRequests } from "./oauth/index.ts";
import { forgetExpiredCodes, forgetExpiredSessions, forgetOldSecurityEvents } from "./people/index.ts";
import { finishDeletions } from "./personal-data/index.ts";
import { forgetExpiredMarks } from "./store/index.ts";
import { forgetExpiredFamilies } from "./tokens/index.ts";

export interface Chores {
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const deliverEveryMs = 1000;
const sweepEveryMs = 10_000;
const tidyEveryMs = 60_000;
const recheckEveryMs = 600_000;

/** What runs beside requests: telling apps and people, giving back what nobody settled, and forgetting what is dead by itself. */
export function startChores(ctx: Ctx, lasting: Sealer, ledger: Ledger, courier: Courier): Chores {
  const postman = createPostman(ctx);
  const repeated = [
    repeat(ctx, deliverEveryMs, () => courier.begin()),
    repeat(ctx, deliverEveryMs, () => postman.begin()),
    repeat(ctx, sweepEveryMs, async () => {
      await ledger.sweep(ctx);
    }),
    repeat(ctx, tidyEveryMs, () => tidy(ctx)),
    repeat(ctx, tidyEveryMs, async () => {
      await finishDeletions(ctx);
    }),
    repeat(ctx, tidyEveryMs, () => rotateOldKeys(ctx, lasting)),
    repeat(ctx, recheckEveryMs, () => recheckDomains(ctx)),
  ];
  return {
    async stop() {
      await Promise.all(repeated.map((stop) => stop()));
      await courier.idle();
      await postman.idle();
    },
  };
}

async function tidy(ctx: Ctx): Promise<void> {
  await inTx(ctx, (tx: Tx) => forgetExpiredMarks(tx, tx.clock.now()));
  await inTx(ctx, forgetOldChanges);
  await inTx(ctx, forgetOldWebhooks);
  await inTx(ctx, forgetExpiredSessions);
  await inTx(ctx, forgetExpiredCodes);
  await inTx(ctx, forgetOldSecurityEvents);
  await inTx(ctx, forgetOldMails);
  await inTx(ctx, forgetExpiredFamilies);
  await inTx(ctx, forgetExpiredDeviceRequests);
}

/** Each round begins `everyMs` after the last one ended, so that a slow one is never overtaken. */
function repeat(ctx: Ctx, everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout;
  let round = Promise.resolve();
  let stopped = false;
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = work()
        .catch((error) => ctx.log.warn({ error: String(error) }, "a chore failed and is tried again"))
        .then(next);
    }, everyMs);
    timer.unref();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return round;
  };
}
