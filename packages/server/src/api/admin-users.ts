import { z } from "zod";
import { changeRole, creditAccount, type DeedVerdict, disableAccount, resetFactors } from "../accounts/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { formatDollars, parseDollars } from "../kernel/money.ts";
import { findWallet } from "../ledger/index.ts";
import { type FoundUser, findAnyUser, findUsers, roles } from "../people/index.ts";
import { workspacesOf } from "../workspaces/index.ts";
import { adminScopes as anyOf, refusalOf, requireActor, requireStaff } from "./admin-caller.ts";
import { type Operation, operation } from "./operation.ts";

const instant = z.iso.datetime().nullable();

const account = z
  .object({
    user_id: z.string(),
    username: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    email_verified: z.boolean(),
    role: z.enum(roles),
    disabled_at: instant,
    deletion_due_at: instant.meta({ description: "The person asked to be deleted, which happens then" }),
    deleted_at: instant,
    created_at: z.iso.datetime(),
  })
  .meta({ id: "AdminUser" });

const wallet = z.object({ wallet_id: z.string(), balance: z.string(), held: z.string() });

const amount = z.string().transform((text, context) => {
  const micros = parseDollars(text);
  if (micros) return micros;
  context.addIssue({ code: "custom", message: "Dollars above zero, such as 25.00" });
  return z.NEVER;
});

const credit = z.object({
  amount: amount.meta({ description: "Dollars, such as 25.00" }),
  reference: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, "1 to 64 letters, digits or . : _ -")
    .meta({ description: "Of your making: the same one never credits twice" }),
});

/** Accounts, for the people who run the platform and their programs. */
export function adminUserOperations(ctx: Ctx): Operation[] {
  return [...reading(ctx), ...changing(ctx)];
}

function reading(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/admin/users",
      summary: "Find users",
      description: "By id, by whole e-mail address, or by how the username begins; without a query, the newest.",
      anyOf,
      query: z.object({
        query: z.string().max(254).default(""),
        before: z.string().max(64).optional().meta({ description: "The `next` of the page before" }),
        limit: z.coerce.number().int().min(1).max(100).default(25),
      }),
      answer: z.object({ items: z.array(account), next: z.string().nullable() }),
      async handle({ caller, query: { query: words, before, limit } }) {
        await requireStaff(ctx, caller, "accounts.read");
        const found = await findUsers(ctx, { words, before, limit: limit + 1 });
        const items = found.slice(0, limit);
        return { items: items.map(render), next: found.length > limit ? items.at(-1)!.id : null };
      },
    }),
    operation({
      method: "GET",
      path: "/admin/users/{account_id}",
      summary: "Read an account and its wallet",
      anyOf,
      answer: account.extend({ wallet: wallet.nullable() }),
      async handle({ caller, params: { account_id } }) {
        await requireStaff(ctx, caller, "accounts.read");
        const user = await findAnyUser(ctx, account_id);
        if (!user) throw new Fault("not_found", "User not found");
        const [workspace] = await workspacesOf(ctx, user.id);
        const money = workspace && (await findWallet(ctx, workspace.id));
        const shown = workspace &&
          money && {
            wallet_id: workspace.id,
            balance: formatDollars(money.balanceMicros),
            held: formatDollars(money.heldMicros),
          };
        return { ...render(user), wallet: shown ?? null };
      },
    }),
  ];
}

function changing(ctx: Ctx): Operation[] {
  const answer = account;
  const after = async (verdict: DeedVerdict) => {
    if (!verdict.ok) throw refusalOf(verdict.why);
    return render((await findAnyUser(ctx, verdict.user.id))!);
  };
  const disabling = (disabled: boolean) =>
    operation({
      method: "POST",
      path: `/admin/users/{account_id}/${disabled ? "disable" : "enable"}` as "/admin/users/{account_id}/disable",
      summary: disabled ? "Disable an account" : "Enable an account",
      description: disabled
        ? "Its sessions, tokens, keys and permissions are dead within a second, for good."
        : "What died when it was disabled stays dead.",
      anyOf,
      answer,
      refusals: ["conflict"],
      async handle({ caller, params: { account_id } }) {
        const actor = await requireActor(ctx, caller);
        return after(await inTx(ctx, (tx) => disableAccount(tx, actor, account_id, disabled)));
      },
    });
  return [
    disabling(true),
    disabling(false),
    operation({
      method: "PUT",
      path: "/admin/users/{account_id}/role",
      summary: "Give a role",
      anyOf,
      body: z.object({ role: z.enum(roles) }),
      answer,
      refusals: ["conflict"],
      async handle({ caller, params: { account_id }, body: { role } }) {
        const actor = await requireActor(ctx, caller);
        return after(await inTx(ctx, (tx) => changeRole(tx, actor, account_id, role)));
      },
    }),
    operation({
      method: "POST",
      path: "/admin/users/{account_id}/reset-second-factors",
      summary: "Remove the second factor of somebody who lost it",
      anyOf,
      answer,
      refusals: ["conflict"],
      async handle({ caller, params: { account_id } }) {
        const actor = await requireActor(ctx, caller);
        return after(await inTx(ctx, (tx) => resetFactors(tx, actor, account_id)));
      },
    }),
    operation({
      method: "POST",
      path: "/admin/users/{account_id}/credit",
      summary: "Credit a wallet",
      anyOf,
      body: credit,
      answer: z.object({ user_id: z.string(), balance: z.string(), repeated: z.boolean() }),
      refusals: ["conflict", "idempotency_conflict"],
      async handle({ caller, params: { account_id: userId }, body: { amount: amountMicros, reference } }) {
        const actor = await requireActor(ctx, caller);
        const credited = await inTx(ctx, (tx) => creditAccount(tx, actor, { userId, amountMicros, reference }));
        if (!credited.ok) throw refusalOf(credited.why);
        return { user_id: userId, balance: formatDollars(credited.balanceMicros), repeated: credited.repeated };
      },
    }),
  ];
}

function render(user: FoundUser): z.input<typeof account> {
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    user_id: user.id,
    username: user.username,
    name: user.displayName,
    email: user.email,
    email_verified: user.emailVerified,
    role: user.role,
    disabled_at: at(user.disabledAt),
    deletion_due_at: at(user.deletionDueAt),
    deleted_at: at(user.deletedAt),
    created_at: new Date(user.createdAt).toISOString(),
  };
}
