import { z } from "zod";
import { type Ctx, inTx } from "../context.ts";
import { readUsage } from "../gateway/index.ts";
import { assert } from "../kernel/assert.ts";
import { Fault } from "../kernel/faults.ts";
import { formatDollars } from "../kernel/money.ts";
import { type Call, type CallFilter, findWallet, listCalls, sumByApp, sumByDay } from "../ledger/index.ts";
import {
  displayNameShape,
  findUser,
  postalAddressParts,
  postalAddressShape,
  readPostalAddress,
  setDisplayName,
  setPostalAddress,
} from "../people/index.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";
import { dollars } from "./caps.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const usageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** The `next` of the page before. */
  before: z.string().max(64).optional(),
  /** Sums cover this many days, today included. */
  days: z.coerce.number().int().min(1).max(366).default(31),
});

const dayMs = 86_400_000;

const me = z
  .object({
    user_id: z.string(),
    username: z.string(),
    created_at: z.iso.datetime(),
    name: z.string().optional(),
    email: z.string().nullish(),
    email_verified: z.boolean().optional(),
    phone_number: z.string().nullish().meta({ description: "E.164" }),
    phone_number_verified: z.boolean().optional(),
    address: postalAddressShape.nullish(),
    workspaces: z.array(z.object({ workspace_id: z.string(), name: z.string(), kind: z.string() })).optional(),
    balance: dollars.optional(),
    held: dollars.optional(),
  })
  .meta({ id: "User" });

const sum = { calls: z.int(), cost_micros: z.int() };

const usage = z.object({
  items: z.array(
    z.object({
      receipt: z.string(),
      at: z.iso.datetime(),
      app_id: z.string().nullable(),
      key_id: z.string().nullable(),
      model: z.string(),
      outcome: z.string().meta({ description: "running, settled, released or expired" }),
      input_tokens: z.int().nullable(),
      cached_input_tokens: z.int().nullable(),
      output_tokens: z.int().nullable(),
      estimated: z.boolean(),
      cost_micros: z.int().nullable(),
      request_id: z.string(),
    }),
  ),
  next: z.string().nullable(),
  by_app: z.array(z.object({ app_id: z.string().nullable(), ...sum })),
  by_day: z.array(z.object({ day: z.iso.date(), ...sum })),
});

const seeing = ["profile", "account:read", "billing:read"];

/** The account of whoever calls, and of nobody else. */
export function userOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/users/me",
      summary: "Read your account",
      description: "As much of it as the scopes allow.",
      anyOf: seeing,
      answer: me,
      handle: ({ caller }) => renderMe(ctx, caller),
    }),
    operation({
      method: "PATCH",
      path: "/users/me",
      summary: "Change your account",
      description:
        "Apps that may see your name or your address see the new one from their next call on. An address is replaced as a whole; null removes it.",
      anyOf: ["account:write"],
      body: z.object({ name: displayNameShape.optional(), address: postalAddressParts.nullish() }),
      answer: me,
      async handle({ caller, body: { name, address } }) {
        await inTx(ctx, async (tx) => {
          if (name !== undefined) await setDisplayName(tx, caller.userId, name);
          if (address !== undefined) await setPostalAddress(tx, caller.userId, address);
        });
        return renderMe(ctx, caller);
      },
    }),
    operation({
      method: "GET",
      path: "/users/me/usage",
      summary: "List your calls, and what they cost by app and by day",
      anyOf: ["billing:read", "gateway:access"],
      query: usageQuery,
      answer: usage,
      handle: ({ caller, query: { limit, before, days } }) => renderUsage(ctx, caller, { limit, before, days }),
    }),
    operation({
      method: "GET",
      path: "/users/{user_id}",
      summary: "Read your account by its id",
      anyOf: seeing,
      answer: me,
      refusals: ["forbidden"],
      async handle({ caller, params: { user_id } }) {
        // Nobody learns which ids there are.
        if (user_id !== caller.userId) throw new Fault("forbidden", "Only your own account can be read.");
        return renderMe(ctx, caller);
      },
    }),
  ];
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
    ...(may("phone") && { phone_number: user.phone, phone_number_verified: user.phoneVerifiedAt !== null }),
    ...(may("address") && { address: readPostalAddress(user.address) ?? null }),
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
