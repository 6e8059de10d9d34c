import { createApi } from "./api/index.ts";
import { createCourier } from "./apps/index.ts";
import { startChores } from "./chores.ts";
import type { Config } from "./config/config.ts";
import type { Ctx } from "./context.ts";
import { createChanges, createFeed } from "./events/index.ts";
import { createGateway } from "./gateway/index.ts";
import { healthRoutes } from "./health.ts";
import { clientAddress } from "./http/client-ip.ts";
import { createOutbound } from "./http/outbound.ts";
import type { Resolver } from "./http/outbound-resolver.ts";
import { renderFault, type Shape } from "./http/render-fault.ts";
import { createTable } from "./http/table.ts";
import { createInteraction } from "./interaction/index.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { Fault } from "./kernel/faults.ts";
import { type Log, silentLog } from "./kernel/log.ts";
import { createPasswordHasher } from "./kernel/password.ts";
import { type Random, systemRandom } from "./kernel/random.ts";
import { openKeyring, openSeals } from "./keys/index.ts";
import { createLedger } from "./ledger/index.ts";
import { createOAuthRoutes } from "./oauth/index.ts";
import type { Store } from "./store/index.ts";
import { createTokens } from "./tokens/index.ts";

export interface InnkeeperOptions {
  config: Config;
  /** Opened and migrated. Closed by whoever opened it. */
  store: Store;
  /** @default the system's */
  clock?: Clock;
  /** @default the system's */
  random?: Random;
  /** @default silent */
  log?: Log;
  /** What answers for the names of strangers. @default the system's name servers */
  resolver?: Resolver;
}

export interface Innkeeper {
  /** Answers one request. `peer` is the address of the connection; `target` the request line's, if the listener knows it. */
  fetch(request: Request, arrival: { peer: string; target?: string }): Response | Promise<Response>;
  /** Waits for the calls in progress, then stops everything that runs beside requests. */
  close(): Promise<void>;
}

/**
 * The platform as a function from Request to Response. It opens no port, reads no environment and touches no file.
 *
 * @throws Error with a sentence for the operator when a secret does not fit the database.
 */
export async function createInnkeeper({
  config,
  store,
  clock = systemClock,
  log = silentLog,
  ...options
}: InnkeeperOptions): Promise<Innkeeper> {
  const random = options.random ?? systemRandom(clock);
  const nextRequestId = requestIds(random);
  const outbound = createOutbound({ ...config.outbound, resolver: options.resolver });
  const ctx: Ctx = { db: store.db, clock, random, config, log, changes: createChanges(), outbound };
  const seals = await openSeals(ctx);
  const keyring = await openKeyring(ctx, seals.lasting);
  const feed = createFeed({ ctx, dataVersion: store.dataVersion });
  const ledger = createLedger();
  if (ctx.db.singleProcess) await ledger.expireAll(ctx);
  const tokens = createTokens({ ctx, sealer: seals.sealer, keyring, feed });
  const gateway = createGateway({ ctx, tokens, ledger });
  const hasher = createPasswordHasher({ random });
  const interaction = createInteraction({ ctx, sealer: seals.sealer, lasting: seals.lasting, tokens, hasher });
  const routes = [
    ...createOAuthRoutes({ ctx, tokens, keyring }),
    ...interaction.routes,
    ...gateway.routes,
    ...healthRoutes(ctx, feed),
  ];
  const table = createTable(routes, { log, renderPage: interaction.renderPage });
  const refuse = (error: unknown, request: Request, requestId: string) =>
    renderFault(error, shapeOf(request), { request, requestId, log, renderPage: interaction.renderPage });
  const api = createApi(ctx, tokens, seals, refuse);
  const chores = startChores(ctx, seals.lasting, ledger, createCourier(ctx, seals.lasting));
  feed.start();

  return {
    fetch(request, { peer, target }) {
      const requestId = nextRequestId();
      const address = clientAddress(request, peer, config.trustedProxies);
      const answer = table(request, { peer: address, requestId, target });
      if (answer) return answer;
      // What the exact table does not know: paths with ids in them, and nothing. A target that had to be repaired is nothing.
      if (target === undefined || request.url.endsWith(target)) return api.fetch(request, { requestId, peer: address });
      return refuse(new Fault("not_found", "Not found"), request, requestId);
    },
    async close() {
      await gateway.close();
      await chores.stop();
      await feed.stop();
    },
  };
}

/** A word of this process and a count: every request has an id, and few are ever looked at. */
function requestIds(random: Random): () => string {
  const word = random.text(12);
  let count = 0;
  return () => `req_${word}-${(count++).toString(36)}`;
}

/** How a refusal is spoken where no exact route says it: to a person, to an OpenAI client, to a program of the registry. */
function shapeOf(request: Request): Shape {
  if (request.headers.get("accept")?.includes("text/html")) return "page";
  return new URL(request.url).pathname.startsWith("/v1/") ? "openai" : "detail";
}
