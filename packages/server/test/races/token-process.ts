import { readConfig } from "../../src/config/read-config.ts";
import type { Ctx } from "../../src/context.ts";
import { createChanges, createFeed, type Feed } from "../../src/events/index.ts";
import { createOutbound } from "../../src/http/outbound.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { openKeyring, openSeals } from "../../src/keys/index.ts";
import { migrate, openStore } from "../../src/store/index.ts";
import { createTokens, type Tokens } from "../../src/tokens/index.ts";

/** What one process has of its own: connections, memory, time and chance. */
export interface TokenProcess {
  ctx: Ctx;
  feed: Feed;
  tokens: Tokens;
  close(): Promise<void>;
}

export async function openTokenProcess(url: string): Promise<TokenProcess> {
  const clock = systemClock;
  const random = systemRandom(clock);
  const store = await openStore({ url, clock, random });
  await migrate(store);
  const secrets = ["a secret of the tests, long enough for all"];
  const config = readConfig({ issuer: "https://id.acme.example", secrets, file: {} });
  const ctx: Ctx = {
    db: store.db,
    clock,
    random,
    config,
    log: silentLog,
    changes: createChanges(),
    outbound: createOutbound(config.outbound),
  };
  const seals = await openSeals(ctx);
  const keyring = await openKeyring(ctx, seals.lasting);
  const feed = createFeed({ ctx, dataVersion: store.dataVersion });
  const tokens = createTokens({ ctx, sealer: seals.sealer, keyring, feed });
  return {
    ctx,
    feed,
    tokens,
    async close() {
      await feed.stop();
      await store.close();
    },
  };
}
