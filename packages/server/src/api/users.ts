import { Hono } from "hono";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { readUsage } from "../gateway/index.ts";
import { assert } from "../kernel/assert.ts";
import { formatDollars } from "../kernel/money.ts";
import { type Call, type CallFilter, findWallet, listCalls, sumByApp, sumByDay } from "../ledger/index.ts";
import { findUser } from "../people/index.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";
import type { ApiCaller, Guard } from "./guard.ts";
import { readQueryAs } from "./query.ts";

const usageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** The `next` of the page before. */
  before: z.string().max(64).optional(),
  /** Sums cover this many days, today included. */
  days: z.coerce.number().int().min(1).max(366).default(31),
});

const dayMs = 86_400_000;

export function userRoutes(ctx: Ctx, guard: Guard): Hono {
  return new Hono()
    .get("/me", async (c) =>
      c.json(await renderMe(ctx, await guard.getCaller(c.req.raw, ["profile", "account:read", "billing:read"]))),
    )
    .get("/me/usage", async (c) => {
      const caller = await guard.getCaller(c.req.raw, ["billing:read", "gateway:access"]);
      const { limit, before, days } = readQueryAs(c.req.raw, usageQuery);
      return c.json(await renderUsage(ctx, caller, { limit, before, days }));
    });
}

async function renderMe(ctx: Ctx, { userId, scopes }: ApiCaller) {
  const user = await findUser(ctx, userId);
  assert(user, "a caller is a user");
  const may = (scope: string) => !scopes || scopes.has(scope);
  const workspace = await getPersonalWorkspace(ctx, userId);
  const wallet = may("billing:read") ? await findWallet(ctx, workspace.id) : undefined;
  return {
    user_id: user.id,
    username: user.username,
    created_at: new Date(user.createdAt).toISOString(),
    ...(may("profile") && { name: user.displayName }),
    ...(may("email") && { email: user.email, email_verified: user.emailVerifiedAt !== null }),
    ...(may("account:read") && {
      workspaces: [{ workspace_id: workspace.id, name: workspace.name, kind: workspace.kind }],
    }),
    ...(wallet && { balance: formatDollars(wallet.balanceMicros), held: formatDollars(wallet.heldMicros) }),
  };
}

/** An app sees its own calls only, and so does a key that may spend but not read the whole bill. */
function filterFor(caller: ApiCaller, walletId: string): CallFilter {
  const { userId, appId, keyId, scopes } = caller;
  if (appId !== null) return { walletId, userId, appId };
  const own = { walletId, userId };
  return keyId !== null && !scopes?.has("billing:read") ? { ...own, keyId } : own;
}

async function renderUsage(
  ctx: Ctx,
  caller: ApiCaller,
  page: { limit: number; before: string | undefined; days: number },
) {
  const filter = filterFor(caller, (await getPersonalWorkspace(ctx, caller.userId)).id);
  const now = ctx.clock.now();
  const range = { from: now - (now % dayMs) - (page.days - 1) * dayMs, to: now + 1 };
  const [calls, byApp, byDay] = await Promise.all([
    listCalls(ctx, { ...filter, before: page.before, limit: page.limit }),
    sumByApp(ctx, { ...filter, ...range }),
    sumByDay(ctx, { ...filter, ...range }),
  ]);
  return {
    items: calls.map(renderCall),
    next: calls.length === page.limit ? calls.at(-1)!.id : null,
    by_app: byApp.map(({ appId, calls, costMicros }) => ({ app_id: appId, calls, cost_micros: costMicros })),
    by_day: byDay.map(({ day, calls, costMicros }) => ({
      day: new Date(day).toISOString().slice(0, 10),
      calls,
      cost_micros: costMicros,
    })),
  };
}

function renderCall(call: Call) {
  const usage = readUsage(call.usage);
  return {
    receipt: call.id,
    at: new Date(call.createdAt).toISOString(),
    app_id: call.appId,
    key_id: call.keyId,
    model: call.item,
    outcome: call.outcome ?? "running",
    input_tokens: usage?.inputTokens ?? null,
    cached_input_tokens: usage?.cachedInputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    estimated: usage?.estimated ?? false,
    cost_micros: call.costMicros,
    request_id: call.requestId,
  };
}
