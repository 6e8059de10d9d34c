import { findApp } from "../../apps/index.ts";
import { periods } from "../../config/config.ts";
import { findGrant } from "../../consent/index.ts";
import { readUsage } from "../../gateway/index.ts";
import { readQuery } from "../../http/form.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { idFloor, idTime } from "../../kernel/random.ts";
import { type Call, findCall, listCalls, sumByApp, sumByDay } from "../../ledger/index.ts";
import { getPersonalWorkspace } from "../../workspaces/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import type { Receipt } from "../pages/receipt.ts";
import { renderUsage, type UsageProps } from "../pages/usage.ts";
import { faceOf } from "./apps-of.ts";
import { signedIn } from "./signed-in.ts";

const callsOnPage = 20;

interface Month {
  key: string;
  startsAt: number;
  endsAt: number;
}

/** The bill of a month: by day, by app, call by call. */
export function usageRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  const handler = signedIn(desk, async ({ visitor, info }) => {
    const asked = readQuery(info.query);
    const months = monthsSince(visitor.user.createdAt, ctx.clock.now());
    const month = months.find(({ key }) => key === asked.get("month")) ?? months[0]!;
    const workspace = await getPersonalWorkspace(ctx, visitor.user.id);
    const filter = { walletId: workspace.id };
    const range = { from: month.startsAt, to: month.endsAt };
    const sums = await sumByApp(ctx, { ...filter, ...range });
    const names = new Map(
      await Promise.all(sums.map(async ({ appId }) => [appId, await nameOf(desk, visitor, appId)] as const)),
    );
    const receiptId = asked.get("receipt");
    const props: UsageProps = {
      person: visitor.person,
      month,
      months,
      apps: sums
        .map(({ appId, costMicros }) => ({ appId, name: names.get(appId)!, spentMicros: costMicros }))
        .sort((a, b) => b.spentMicros - a.spentMicros),
      days: (await Promise.all(sums.map(({ appId }) => daysOf(desk, { ...filter, appId, ...range })))).flat(),
      callCount: sums.reduce((sum, { calls }) => sum + calls, 0),
      ...(await pageOfCalls(desk, workspace.id, month, asked.get("before"))),
      receipt: receiptId === undefined ? undefined : await findReceipt(desk, visitor, workspace, receiptId),
    };
    return desk.page(renderUsage(desk.frame(visitor), props));
  });
  return [{ method: "GET", path: "/account/usage", shape: "page", handler }];
}

/** Newest first, a year at most. */
function monthsSince(createdAt: number, now: number): Month[] {
  const months: Month[] = [];
  const date = new Date(now);
  for (let back = 0; back < 12; back++) {
    const startsAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1);
    const endsAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back + 1, 1);
    if (back > 0 && endsAt <= createdAt) break;
    months.push({ key: new Date(startsAt).toISOString().slice(0, 7), startsAt, endsAt });
  }
  return months;
}

async function nameOf(desk: Desk, visitor: Visitor, appId: string | null): Promise<string> {
  if (appId === null) return desk.frame(visitor).text.usage.ownKeys;
  return (await findApp(desk.ctx, appId))?.name ?? appId;
}

async function daysOf(desk: Desk, filter: { walletId: string; appId: string | null; from: number; to: number }) {
  const days = await sumByDay(desk.ctx, filter);
  return days.map(({ day, costMicros }) => ({ at: day, appId: filter.appId, spentMicros: costMicros }));
}

type CallPage = Pick<UsageProps, "calls" | "skipped" | "before" | "olderBefore">;

/** A cursor is the id of the last call shown and how many came before it, so that the page can count on. */
const cursorShape = /^(hld_[0-9a-z]{26})\.(\d{1,9})$/;

async function pageOfCalls(desk: Desk, walletId: string, month: Month, cursor: string | undefined): Promise<CallPage> {
  const match = cursor === undefined ? undefined : cursorShape.exec(cursor);
  if (match === null) throw new Fault("invalid_request", "There is no such page.");
  const skipped = Number(match?.[2] ?? 0);
  const found = await listCalls(desk.ctx, {
    walletId,
    before: match?.[1] ?? idFloor("hld", month.endsAt),
    limit: callsOnPage + 1,
  });
  const ofMonth = found.filter(({ id }) => idTime(id) >= month.startsAt);
  const shown = ofMonth.slice(0, callsOnPage);
  const last = shown.at(-1);
  return {
    calls: shown.flatMap(describeCall),
    skipped,
    before: cursor,
    olderBefore:
      ofMonth.length > callsOnPage && last ? `${last.id}.${skipped + shown.flatMap(describeCall).length}` : undefined,
  };
}

/** Calls that came to nothing are on no bill. */
function describeCall(call: Call): UsageProps["calls"] {
  const usage = readUsage(call.usage);
  if (!usage || call.costMicros === null) return [];
  const { id, appId, createdAt: at, item: model, costMicros } = call;
  return [{ id, at, appId, model, tokensIn: usage.inputTokens, tokensOut: usage.outputTokens, costMicros }];
}

async function findReceipt(
  desk: Desk,
  visitor: Visitor,
  workspace: { id: string; name: string },
  id: string,
): Promise<Receipt | undefined> {
  const call = await findCall(desk.ctx, workspace.id, id);
  const usage = call && readUsage(call.usage);
  if (!call || !usage || call.userId !== visitor.user.id) return undefined;
  const app = call.appId === null ? undefined : await findApp(desk.ctx, call.appId);
  return {
    id: call.id,
    at: call.createdAt,
    app: app ? faceOf(app) : null,
    model: call.item,
    inputTokens: usage.inputTokens - usage.cachedInputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    outputTokens: usage.outputTokens,
    prices: call.prices as Receipt["prices"],
    costMicros: call.costMicros ?? 0,
    lossMicros: call.lossMicros ?? 0,
    heldMicros: call.amountMicros,
    estimated: usage.estimated,
    payer: workspace.name,
    cap: await capOf(desk, call),
  };
}

/** The longer cap the person had given the app when it made the call. A key's own comes behind it. */
async function capOf({ ctx }: Desk, { grantId, limits }: Call): Promise<Receipt["cap"]> {
  const grant = grantId === null ? undefined : await findGrant(ctx, grantId);
  const given = grant ? limits.filter(({ budgetId }) => budgetId === grant.budgetId) : limits;
  return given.toSorted((a, b) => periods.indexOf(b.period) - periods.indexOf(a.period))[0];
}
