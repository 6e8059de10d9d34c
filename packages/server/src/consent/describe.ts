import { type App, logoPath, verifiedDomainFor } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { hostOf, isLoopbackHost } from "../kernel/url.ts";
import { findUser, postalAddressLine, readPostalAddress, type User } from "../people/index.ts";
import { type ScopeFacts, type Text, text } from "../ui/index.ts";
import { lowerToCeiling } from "./caps.ts";
import {
  type AskedSpending,
  capsInForce,
  describeBill,
  describePayers,
  type KeptBill,
  startOf,
} from "./describe-money.ts";
import { type Grant, isOfAnotherFace } from "./grant.ts";
import { countUsersOf } from "./grants.sql.ts";
import { type Asked, isHigherProposal, newScopes } from "./needs.ts";
import { findScope, type ScopeEntry, sayScope } from "./scopes.ts";

/** One row of the page. */
export interface AskedPermission {
  scope: string;
  sentence: string;
  detail: string;
  optional: boolean;
  /** Allowed before. */
  allowed: boolean;
}

/** What goes on as it is while the app asks for more. */
export interface Kept {
  sentences: string[];
  /** Epoch milliseconds of the first answer. */
  at: number;
  /** Null when this request asks for money, or none was ever allowed. */
  bill: KeptBill | null;
}

/** Everything the consent page must say. */
export interface ConsentQuestion {
  app: {
    name: string;
    /** Host and port to which the answer goes, in ASCII; null for a device that waits for it. */
    host: string | null;
    loopback: boolean;
    /** The proven domain in which that host lies. */
    verifiedDomain: string | null;
    /** A path of ours. */
    logoPath: string | null;
    madeBy: string | null;
    since: number;
    people: number;
    /** When it changed name, picture or an address, after this person last answered it; epoch milliseconds. */
    changedAt: number | null;
  };
  know: AskedPermission[];
  /** Null when the page asks for no money. */
  spending: (AskedSpending & { permissions: AskedPermission[] }) | null;
  /** Null unless this app was allowed something before and asks for more. */
  kept: Kept | null;
}

export interface Questioned {
  user: User;
  app: App;
  /** Null for a device that waits for the answer. */
  redirectUri: string | null;
  grant: Grant | undefined;
  asked: Asked;
  /** In which language. @default English */
  words?: Text;
  /** Show everything, with the values in force, although it is remembered. */
  afresh: boolean;
}

/** Gathers what the page says. A further request shows what is new, the rest stays as it is. */
export async function describeConsent(ctx: Ctx, questioned: Questioned): Promise<ConsentQuestion> {
  const { user, grant, asked, afresh } = questioned;
  const { budgets } = ctx.config;
  const inForce = await capsInForce(ctx, grant);
  const raised = grant !== undefined && isHigherProposal(grant, inForce, asked);
  const shown = shownScopes(questioned, raised);
  const rows = (spends: boolean) =>
    shown.filter((scope) => scope.spends === spends).map((scope) => describePermission(ctx, scope, questioned));
  const permissions = rows(true);
  const spending = permissions.length > 0 && {
    permissions,
    payers: await describePayers(ctx, user.id),
    start: startOf(budgets, grant, inForce, asked.proposal, raised),
    proposal: asked.proposal,
    fallback: lowerToCeiling(budgets.default, budgets.ceilings),
  };
  const kept = grant &&
    !afresh && {
      sentences: grant.scopes.map((name) =>
        sayScope(questioned.words ?? text, findScope(name)!).sentence(ctx.config.brand.name),
      ),
      at: grant.createdAt,
      bill: spending ? null : await describeBill(ctx, grant),
    };
  return { app: await describeApp(ctx, questioned), know: rows(false), spending: spending || null, kept: kept || null };
}

/** New ones only; all of them when the question is put afresh, or when nothing is new and the question stands. */
function shownScopes({ grant, asked, afresh }: Questioned, raised: boolean): ScopeEntry[] {
  const fresh = newScopes(grant, asked);
  const all = afresh || (fresh.length === 0 && !raised);
  return asked.scopes
    .map((name) => findScope(name)!)
    .filter((scope) => all || fresh.includes(scope.name) || (raised && scope.spends));
}

function describePermission(
  ctx: Ctx,
  scope: ScopeEntry,
  { user, grant, asked, words = text }: Questioned,
): AskedPermission {
  const platform = ctx.config.brand.name;
  const say = sayScope(words, scope);
  return {
    scope: scope.name,
    sentence: say.sentence(platform),
    detail: say.detail(factsOf(platform, user)),
    optional: asked.optional.includes(scope.name),
    allowed: grant?.scopes.includes(scope.name) ?? false,
  };
}

function factsOf(platform: string, { displayName, email, phone, address }: User): ScopeFacts {
  const postal = readPostalAddress(address);
  return { platform, displayName, email, phone, address: postal ? postalAddressLine(postal) : null };
}

async function describeApp(ctx: Ctx, { app, redirectUri, grant }: Questioned): Promise<ConsentQuestion["app"]> {
  const owner = await findUser(ctx, app.ownerId);
  return {
    name: app.name,
    host: redirectUri && hostOf(redirectUri),
    loopback: redirectUri !== null && isLoopbackHost(new URL(redirectUri).hostname),
    verifiedDomain: (redirectUri && verifiedDomainFor(app, hostOf(redirectUri))) ?? null,
    logoPath: logoPath(app) ?? null,
    madeBy: owner?.displayName ?? null,
    since: app.createdAt,
    people: await countUsersOf(ctx, app.id),
    changedAt: grant && isOfAnotherFace(grant, app.faceChangedAt) ? app.faceChangedAt : null,
  };
}
