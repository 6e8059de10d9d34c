import { z } from "zod";
import { periods } from "../config/config.ts";
import { adminScope, allScopes, type Cap, readProposal, readScopes } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { rateLimited } from "../http/rate-limit.ts";
import { Fault } from "../kernel/faults.ts";
import {
  type ApiKey,
  apiKeyName,
  findApiKey,
  listLivingKeys,
  type MakeKeyResult,
  makeOwnKey,
  revokeApiKey,
  type Tokens,
} from "../tokens/index.ts";
import { cap, readCaps } from "./caps.ts";
import { type ApiCaller, staleSignIn } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";
import { pageOf, paging } from "./query.ts";

const key = z
  .object({
    key_id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: "How the key begins and ends" }),
    scopes: z.array(z.string()),
    workspace_id: z.string().meta({ description: "Who pays" }),
    app_id: z.string().nullable().meta({ description: "The app it was made for; null for a key of your own" }),
    caps: z.array(cap).meta({ description: "The key's own limits; none of its own when empty" }),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable().meta({ description: "Of a key with a limit: when it last spent" }),
    expires_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Key" });

const made = key.extend({ key: z.string().meta({ description: "Shown this once; only its fingerprint is kept" }) });

const scope = z
  .string()
  .regex(/^\S+$/, "A scope has no blanks")
  .transform((word, context) => {
    const [known] = word === adminScope.name ? [word] : (readScopes(word) ?? []);
    if (known !== undefined) return known;
    context.addIssue({ code: "custom", message: "Unknown scope" });
    return z.NEVER;
  });

const wanted = z
  .object({
    name: apiKeyName,
    scopes: z.array(scope).min(1).max(100).optional(),
    full: z.boolean().default(false).meta({ description: "Everything you may do yourself, instead of `scopes`" }),
    budget_limit: z.string().optional().meta({ description: "Dollars, such as 5.00" }),
    budget_period: z.enum(periods).optional().meta({ description: "By default the operator's" }),
    expires_at: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ scopes, full }) => full === (scopes === undefined), {
    path: ["scopes"],
    message: "Name the scopes, or say full; not both",
  });

const writing = ["keys:write"];

/** Keys that act for their user. */
export function keyOperations(ctx: Ctx, { keyMakings }: Pick<Tokens, "keyMakings">): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/users/me/keys",
      summary: "List the keys that work",
      description: "An app sees the keys that were made for it.",
      anyOf: ["keys:write", "account:read"],
      query: z.object(paging),
      answer: pageOf(key),
      async handle({ caller: { userId, appId }, query: { page, limit } }) {
        const { total, items } = await listLivingKeys(ctx, { userId, appId, page, limit });
        return { total, page, limit, items: await Promise.all(items.map((apiKey) => render(ctx, apiKey))) };
      },
    }),
    operation({
      method: "POST",
      path: "/users/me/keys",
      summary: "Make a key",
      description:
        "The key is shown once. Nobody gives more than he has: a key makes keys of its own scopes or fewer, that end no later; " +
        "in the browser it takes a sign-in of the last 30 minutes.",
      anyOf: writing,
      body: wanted,
      answer: made,
      refusals: ["forbidden", "conflict"],
      handle({ caller, body }) {
        const wait = keyMakings.attempt(caller.userId);
        if (wait > 0) throw rateLimited(wait);
        return make(ctx, caller, body);
      },
    }),
    operation({
      method: "DELETE",
      path: "/users/me/keys/{key_id}",
      summary: "Revoke a key",
      description: "It is refused everywhere within a second.",
      anyOf: writing,
      answer: z.object({ key_id: z.string(), revoked: z.literal(true) }),
      async handle({ caller: { userId, appId }, params: { key_id } }) {
        const found = await findApiKey(ctx, key_id);
        const own = found?.userId === userId && (appId === null || found.appId === appId);
        const revoked = own ? await inTx(ctx, (tx) => revokeApiKey(tx, key_id, userId)) : undefined;
        if (!revoked) throw new Fault("not_found", "Key not found");
        return { key_id, revoked: true as const };
      },
    }),
  ];
}

async function make(ctx: Ctx, caller: ApiCaller, body: z.output<typeof wanted>): Promise<z.input<typeof made>> {
  const limit = readLimit(ctx, body);
  const expiresAt = readEnd(ctx, body.expires_at);
  const scopes = [...new Set(body.scopes ?? allScopes)];
  const result = await inTx(ctx, (tx) => makeOwnKey(tx, caller, { name: body.name, scopes, limit, expiresAt }));
  if (!result.ok) throw refusalOf(result);
  return { ...(await render(ctx, result.apiKey)), key: result.key };
}

function refusalOf(result: Extract<MakeKeyResult, { ok: false }>): Fault {
  if (result.why === "many") return new Fault("conflict", "You have too many keys. Revoke some first.");
  if (result.why === "closed") return new Fault("forbidden", "This account is closed.");
  return new Fault("forbidden", result.why === "stale" ? staleSignIn : result.sentence);
}

function readLimit({ config }: Ctx, { budget_limit, budget_period }: z.output<typeof wanted>): Cap | null {
  const read = readProposal(budget_limit, budget_period, config.budgets.default.period);
  if (read.ok) return read.proposal;
  throw invalid("budget_limit", read.why);
}

function readEnd({ clock }: Ctx, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = Date.parse(text);
  if (at <= clock.now()) throw invalid("expires_at", "Must be in the future");
  return at;
}

function invalid(field: string, msg: string): Fault {
  const issues = [{ loc: ["body", field], msg, type: "custom" }];
  return new Fault("validation_failed", `${field}: ${msg}`, { fields: { issues } });
}

async function render(ctx: Ctx, apiKey: ApiKey): Promise<z.input<typeof key>> {
  const { caps, lastUsedAt } = await readCaps(ctx, apiKey.budgetId);
  const { id, hint, workspaceId, appId, scopes, createdAt, expiresAt } = apiKey;
  return {
    key_id: id,
    name: apiKey.name,
    hint: `sk-ik-…${hint}`,
    scopes,
    workspace_id: workspaceId,
    app_id: appId,
    caps,
    created_at: new Date(createdAt).toISOString(),
    last_used_at: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
