import type { Ctx } from "../context.ts";
import { mixesAlphabets } from "../kernel/look-alike.ts";
import { modelOf } from "../kernel/model-scope.ts";
import type { App } from "./app.ts";
import type { AppChange, AppMetadata } from "./metadata.ts";
import { countOwned } from "./names.sql.ts";
import { passesForPlatform } from "./platform-name.ts";

/** What counts of a user; the room of people knows the rest. */
export interface Creator {
  id: string;
  role: string;
  emailVerifiedAt: number | null;
  phoneVerifiedAt: number | null;
}

export type CreationVerdict =
  | { ok: true /** For `createApp`, which counts again; undefined is any number. */; limit: number | undefined }
  | { ok: false; why: "operators_only" | "email_unverified" | "phone_unverified" | "too_many" };

/** Whether this user may register one more app. Operators always may. */
export async function mayCreateApps(ctx: Ctx, user: Creator): Promise<CreationVerdict> {
  if (user.role === "operator") return { ok: true, limit: undefined };
  const { creators, perUser } = ctx.config.apps;
  if (creators === "operators") return { ok: false, why: "operators_only" };
  if (creators === "phone_verified" && user.phoneVerifiedAt === null) return { ok: false, why: "phone_unverified" };
  if (creators === "email_verified" && user.emailVerifiedAt === null) return { ok: false, why: "email_unverified" };
  if ((await countOwned(ctx, user.id)) >= perUser) return { ok: false, why: "too_many" };
  return { ok: true, limit: perUser };
}

/** What a rule has against a field. `operators_only` is about who asks, everything else about what is asked. */
export interface Objection {
  /** On the wire. */
  field: "name" | "require_pkce" | "grant_types" | "allowed_scopes" | "client_type";
  why: "mixed_alphabets" | "platform_name" | "operators_only" | "public_client" | "identity_only" | "fixed";
  message: string;
}

export interface Asker {
  isOperator: boolean;
  /** The scopes with which money can be spent. */
  spendingScopes: readonly string[];
  /** What the platform is called. */
  brandName: string;
}

/** What stands against a new app. */
export function judgeNewApp(wanted: AppMetadata, asker: Asker): Objection[] {
  const before = { name: "", requirePkce: true, grantTypes: [] as string[] };
  return judge(before, wanted, wanted.clientType, asker);
}

/** What stands against a change of this app. What was allowed before may stay. */
export function judgeChange(app: App, change: AppChange, asker: Asker): Objection[] {
  const objections = judge(app, { ...app, ...change }, app.clientType, asker);
  if ((change.clientType ?? app.clientType) === app.clientType) return objections;
  return [...objections, { field: "client_type", why: "fixed", message: "Is decided when the app is registered" }];
}

const ruled = ["requirePkce", "grantTypes", "identityOnly", "allowedScopes"] as const;

/** An app as it was when a change of it was judged. */
export type JudgedApp = Pick<App, "id" | "name" | (typeof ruled)[number]>;

/** Whether the verdict on this change is the same of the app as it is now: half a rule may have been judged by somebody else. */
export function isStillJudged(judged: JudgedApp, now: App, change: AppChange): boolean {
  // What was its own name was not judged; meanwhile it may be the name of another time.
  if (change.name === judged.name && now.name !== judged.name) return false;
  if (!ruled.some((field) => change[field] !== undefined)) return true;
  return ruled.every((field) => JSON.stringify(judged[field]) === JSON.stringify(now[field]));
}

type Ruled = Pick<AppMetadata, "name" | (typeof ruled)[number]>;

function judge(
  before: Pick<Ruled, "name" | "requirePkce" | "grantTypes">,
  after: Ruled,
  clientType: App["clientType"],
  asker: Asker,
): Objection[] {
  const { isOperator, spendingScopes } = asker;
  const objections: Objection[] = after.name === before.name ? [] : judgeName(after.name, asker);
  const object = (field: Objection["field"], why: Objection["why"], message: string) =>
    objections.push({ field, why, message });
  const byItself = after.grantTypes.includes("client_credentials");
  if (!after.requirePkce && clientType === "public") {
    object("require_pkce", "public_client", "A public client always uses PKCE");
  } else if (after.requirePkce !== before.requirePkce && !isOperator) {
    object("require_pkce", "operators_only", "Only an operator can change require_pkce");
  }
  if (byItself && clientType === "public") {
    object("grant_types", "public_client", "A public client cannot use client_credentials");
  } else if (byItself && !before.grantTypes.includes("client_credentials") && !isOperator) {
    object("grant_types", "operators_only", "Only an operator can allow client_credentials");
  }
  if (after.identityOnly && after.allowedScopes.some((scope) => spends(scope, spendingScopes))) {
    object("allowed_scopes", "identity_only", "An app with identity_only cannot have a scope that spends");
  }
  return objections;
}

function judgeName(name: string, { isOperator, brandName }: Asker): Objection[] {
  const against = (why: Objection["why"], message: string): Objection[] => [{ field: "name", why, message }];
  if (mixesAlphabets(name)) return against("mixed_alphabets", "A word of a name has letters of one alphabet");
  if (isOperator || !passesForPlatform(name, brandName)) return [];
  return against("platform_name", `Only ${brandName} itself is called so: put a word of your own beside it`);
}

/** A change as it is meant: an app that becomes `identity_only` gives up the scopes that spend unless it names its scopes. */
export function completeChange(app: App, change: AppChange, spendingScopes: readonly string[]): AppChange {
  if (!change.identityOnly || change.allowedScopes) return change;
  return { ...change, allowedScopes: app.allowedScopes.filter((scope) => !spends(scope, spendingScopes)) };
}

function spends(scope: string, spendingScopes: readonly string[]): boolean {
  return spendingScopes.includes(scope) || modelOf(scope) !== undefined;
}
