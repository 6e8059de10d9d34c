import type { Ctx } from "../context.ts";
import type { Route } from "../http/table.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { endpoints } from "./endpoints/index.ts";
import { modelsRoute } from "./models.ts";
import { createPipeline } from "./pipeline.ts";
import { protectedResourceRoute } from "./protected-resource.ts";
import { createUpstreams, type UpstreamLimits } from "./upstream.ts";

/** In milliseconds. */
export interface GatewayLimits extends UpstreamLimits {
  /** How long calls may go on after `close`, before they are billed as they stand. */
  closingMs: number;
}

/** The whole call is shorter than a hold lives. */
export const usualLimits: GatewayLimits = {
  connectMs: 5_000,
  firstByteMs: 60_000,
  idleMs: 60_000,
  wholeMs: 600_000,
  closingMs: 4_000,
};

export interface GatewayOptions {
  ctx: Ctx;
  tokens: Tokens;
  ledger: Ledger;
  /** @default connect 5 s, first byte 60 s, idle 60 s, whole call 10 min, closing 4 s */
  limits?: Partial<GatewayLimits>;
}

export interface Gateway {
  routes: Route[];
  /** Waits until every call in progress has ended in the ledger. */
  idle(): Promise<void>;
  /** The same, but not for long: then what is under way is billed as it stands. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

/** Where models are called, on the bill of whoever allowed it. */
export function createGateway({ ctx, tokens, ledger, ...options }: GatewayOptions): Gateway {
  const limits = { ...usualLimits, ...options.limits };
  const upstreams = createUpstreams(ctx.config.upstreams, limits);
  const running = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    const done = () => running.delete(work);
    running.add(work);
    work.then(done, done);
    return work;
  }

  /** A call that ends may leave a stream behind. */
  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  const answer = createPipeline({ ctx, tokens, ledger, upstreams, track, patienceMs: limits.idleMs });
  const billed = endpoints.map(
    (endpoint): Route => ({
      method: "POST",
      path: endpoint.path,
      shape: "openai",
      cors: "any-origin-no-credentials",
      handler: (request, info) => track(answer(endpoint, request, info)),
    }),
  );

  return {
    routes: [...billed, modelsRoute(ctx, tokens), protectedResourceRoute(ctx)],
    idle,
    async close() {
      const patience = setTimeout(() => upstreams.destroy(), limits.closingMs);
      await idle();
      clearTimeout(patience);
      await upstreams.destroy();
    },
  };
}
