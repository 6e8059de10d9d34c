import { findApp } from "../../apps/index.ts";
import {
  changeTerms,
  findGrant,
  type Grant,
  listEndedGrants,
  listGrants,
  raisesTerms,
  readTerms,
  revokeGrant,
  type TermsForm,
} from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { budgetStatus, sumByApp } from "../../ledger/index.ts";
import type { Text } from "../../ui/index.ts";
import { getPersonalWorkspace } from "../../workspaces/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type ConnectedApp, type ConnectedAppsProps, renderConnectedApps } from "../pages/connected-apps.ts";
import { faceOf, getAppOf, permissionsOf, wayBack } from "./apps-of.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const path = "/account/connected";
const purpose = "connected";

/** The apps a person allows something, each with one form for its cap and one to revoke it. */
export function connectedRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(visitor: Visitor, props: Partial<ConnectedAppsProps> = {}): Promise<Response> {
    const grants = await listGrants(ctx, visitor.user.id);
    const spent = await spentThisMonth(desk, visitor);
    const apps = await Promise.all(
      grants.map((grant) => describe(desk, desk.frame(visitor).text, grant, spent.get(grant.appId) ?? 0)),
    );
    const revoked = await Promise.all(
      (await listEndedGrants(ctx, visitor.user.id)).map((grant) => describeEnded(desk, grant)),
    );
    const csrf = desk.csrf.token({ purpose, binding: visitor.session.id });
    const markup = renderConnectedApps(desk.frame(visitor), { person: visitor.person, csrf, apps, revoked, ...props });
    return desk.page(markup, { status: props.tray?.error ? 400 : 200 });
  }

  async function changeCap(visitor: Visitor, form: Form): Promise<Response> {
    const grant = await findOwnLiving(desk, visitor, form.get("grant"));
    if (!grant) return redirect(path);
    const written = readCapForm(form);
    const verdict = readTerms(written, ctx.config.budgets.ceilings, ctx.clock.now());
    if (!verdict.ok) {
      const { amount, day, until } = written;
      const period = verdict.fault.kind === "form" || !isPeriod(written.period) ? "month" : written.period;
      return show(visitor, {
        tray: { grantId: grant.id, kind: "change", cap: { amount, period, day, until }, error: verdict.fault },
      });
    }
    const change = { userId: visitor.user.id, appId: grant.appId, terms: verdict.terms };
    const mayRaise = isRecentlySignedIn(ctx, visitor.session);
    const changed = await inTx(ctx, async (tx) => {
      if (!mayRaise && (await raisesTerms(tx, change, change.terms)))
        return { ok: false as const, why: "raises" as const };
      return changeTerms(tx, change);
    });
    if (!changed.ok && changed.why === "raises") return redirect(signInPath(`${path}?change=${grant.id}`));
    return redirect(changed.ok ? `${path}?changed=${grant.id}` : path);
  }

  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, async ({ visitor, info }) => show(visitor, await readShown(desk, visitor, info.query))),
    },
    {
      method: "POST",
      path: "/account/apps/cap",
      shape: "page",
      handler: submitted(desk, purpose, path, ({ visitor, form }) => changeCap(visitor, form)),
    },
    {
      method: "POST",
      path: "/account/apps/revoke",
      shape: "page",
      handler: submitted(desk, purpose, path, async ({ visitor, form }) => {
        const grant = await findOwnLiving(desk, visitor, form.get("grant"));
        if (!grant) return redirect(path);
        const userId = visitor.user.id;
        await inTx(ctx, (tx) => revokeGrant(tx, { userId, appId: grant.appId, actorId: userId }));
        return redirect(`${path}?revoked=${grant.id}`);
      }),
    },
  ];
}

export function readCapForm(form: Form): TermsForm {
  return {
    amount: form.get("cap_amount") ?? "",
    period: form.get("cap_period") ?? "",
    day: form.get("cap_day") ?? "",
    until: form.get("until") ?? "",
  };
}

function isPeriod(text: string): text is "day" | "week" | "month" | "total" {
  return ["day", "week", "month", "total"].includes(text);
}

async function findOwn(desk: Desk, visitor: Visitor, grantId: string | undefined): Promise<Grant | undefined> {
  const grant = grantId === undefined ? undefined : await findGrant(desk.ctx, grantId);
  return grant?.userId === visitor.user.id ? grant : undefined;
}

/** The form of one that was revoked says nothing about the one that took its place. */
async function findOwnLiving(desk: Desk, visitor: Visitor, grantId: string | undefined): Promise<Grant | undefined> {
  const grant = await findOwn(desk, visitor, grantId);
  return grant?.revokedAt === null ? grant : undefined;
}

async function readShown(desk: Desk, visitor: Visitor, query: string): Promise<Partial<ConnectedAppsProps>> {
  const asked = readQuery(query);
  const grantId = asked.get("change") ?? asked.get("revoke");
  if (grantId !== undefined)
    return { tray: { grantId, kind: asked.get("change") === undefined ? "revoke" : "change" } };
  const done = await findOwn(desk, visitor, asked.get("changed") ?? asked.get("revoked"));
  if (!done) return { showRevoked: asked.get("show") === "revoked" };
  const app = await getAppOf(desk.ctx, done);
  const { name } = app;
  if (asked.get("changed") === undefined) return { notice: { kind: "revoked", app: name } };
  const longest = done.budgetId === null ? undefined : (await budgetStatus(desk.ctx, done.budgetId)).at(-1);
  return longest
    ? {
        notice: {
          kind: "changed",
          app: name,
          limitMicros: longest.limitMicros,
          period: longest.period,
          back: wayBack(app),
        },
      }
    : {};
}

async function describe(desk: Desk, words: Text, grant: Grant, spentThisMonthMicros: number): Promise<ConnectedApp> {
  const { ctx } = desk;
  const windows = grant.budgetId === null ? [] : await budgetStatus(ctx, grant.budgetId);
  return {
    grantId: grant.id,
    app: faceOf(await getAppOf(ctx, grant)),
    scopes: permissionsOf(ctx, words, grant),
    payer: (await getPersonalWorkspace(ctx, grant.userId)).name,
    allowedAt: grant.createdAt,
    lastUsedAt: windows[0]?.lastUsedAt ?? null,
    endsAt: grant.expiresAt,
    windows,
    spentThisMonthMicros,
  };
}

async function describeEnded(desk: Desk, grant: Grant): Promise<ConnectedAppsProps["revoked"][number]> {
  const app = await findApp(desk.ctx, grant.appId);
  return { grantId: grant.id, app: app ? faceOf(app) : { name: grant.appId, host: "" }, revokedAt: grant.revokedAt! };
}

async function spentThisMonth(desk: Desk, visitor: Visitor): Promise<Map<string | null, number>> {
  const { ctx } = desk;
  const now = ctx.clock.now();
  const date = new Date(now);
  const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const { id: walletId } = await getPersonalWorkspace(ctx, visitor.user.id);
  const sums = await sumByApp(ctx, { walletId, from, to: now + 1 });
  return new Map(sums.map(({ appId, costMicros }) => [appId, costMicros]));
}
