import { canonicalScope, hasModelScope, modelOf, modelScope } from "../kernel/model-scope.ts";
import type { Config } from "../config/config.ts";
import { splitWords } from "../kernel/words.ts";

/** The facts a permission is about, so that consent is to a fact and not to a word. */
export interface ScopeFacts {
  /** The platform's name. */
  platform: string;
  displayName: string;
  email: string | null;
  phone: string | null;
  /** In one line. */
  address: string | null;
}

/** One permission. Consent page, discovery, claims and documentation all read this registry. */
export interface ScopeEntry {
  readonly name: string;
  /** What it lets an app do, said to the user. */
  sentence(platform: string): string;
  /** The line below: what exactly is given. */
  detail(facts: ScopeFacts): string;
  /** Claims it opens in the ID token and at userinfo. */
  readonly claims: readonly string[];
  /** Whether money can be spent with it, so that a cap is asked for. */
  readonly spends: boolean;
  /** `user` scopes work on the user's own keys and at the command line; no other app may have them. */
  readonly grantable: "app" | "user";
}

export const scopes: readonly ScopeEntry[] = [
  {
    name: "openid",
    sentence: () => "Recognise you when you come back",
    detail: () => "An account number. Never your password.",
    claims: ["sub"],
    spends: false,
    grantable: "app",
  },
  {
    name: "profile",
    sentence: () => "See your name and username",
    detail: ({ displayName }) => displayName,
    claims: ["name", "preferred_username", "username", "created_at", "updated_at"],
    spends: false,
    grantable: "app",
  },
  {
    name: "email",
    sentence: () => "See your e-mail address",
    detail: ({ email }) => email ?? "You have not given one.",
    claims: ["email", "email_verified"],
    spends: false,
    grantable: "app",
  },
  {
    name: "phone",
    sentence: () => "See your phone number",
    detail: ({ phone }) => phone ?? "You have not given one.",
    claims: ["phone_number", "phone_number_verified"],
    spends: false,
    grantable: "app",
  },
  {
    name: "address",
    sentence: () => "See your postal address",
    detail: ({ address }) => address ?? "You have not given one.",
    claims: ["address"],
    spends: false,
    grantable: "app",
  },
  {
    name: "offline_access",
    sentence: () => "Stay signed in while you are away",
    detail: () => "Until you revoke it.",
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "gateway:access",
    sentence: (platform) => `Use ${platform}’s models, on your bill`,
    detail: () => "Only up to the cap you set here.",
    claims: [],
    spends: true,
    grantable: "app",
  },
  {
    name: "account:read",
    sentence: () => "See your plan and your workspaces",
    detail: () => "Not their members, not their money.",
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "billing:read",
    sentence: () => "See your balance and receipts",
    detail: () => "It cannot move money.",
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "apps:write",
    sentence: () => "Register and change your apps",
    detail: () => "Their secrets and addresses too.",
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "authorizations:write",
    sentence: () => "Revoke what you allowed to apps",
    detail: () => "What you revoke must ask you again.",
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "account:write",
    sentence: () => "Change your name",
    detail: () => "Apps that know your name see the new one.",
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "keys:write",
    sentence: () => "Make and revoke your keys",
    detail: () => "A key may spend from your wallet.",
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "sessions:write",
    sentence: () => "See and end your sign-ins",
    detail: () => "Every browser you are signed in with.",
    claims: [],
    spends: false,
    grantable: "user",
  },
];

const byName = new Map(scopes.map((scope) => [scope.name, scope]));

/** The whole gateway, every model of it. */
export const wholeGateway = "gateway:access";

/** A word of the registry, or the permission for one model. */
export function findScope(name: string): ScopeEntry | undefined {
  const known = byName.get(name);
  if (known) return known;
  const model = modelOf(name);
  return model === undefined ? undefined : modelEntry(model);
}

function modelEntry(model: string): ScopeEntry {
  return {
    name: modelScope(model),
    sentence: (platform) => `Use the model ${model} of ${platform}, on your bill`,
    detail: () => "No other model, and only up to the cap you set here.",
    claims: [],
    spends: true,
    grantable: "app",
  };
}

/** What apps may be registered for, beside the permissions for single models. */
export const appScopes: readonly string[] = scopes.filter((scope) => scope.grantable === "app").map(({ name }) => name);

/** Those that mean something where the platform is configured like this: nobody can have a number that cannot be given. */
export function offeredScopes({ phone }: Pick<Config, "phone">): readonly string[] {
  return phone.kind === "none" ? appScopes.filter((name) => name !== "phone") : appScopes;
}

/** Those with which money can be spent. */
export const spendingScopes: readonly string[] = scopes.filter((scope) => scope.spends).map(({ name }) => name);

/** Everything a user may do himself. */
export const allScopes: readonly string[] = scopes.map(({ name }) => name);

/** The one spelling of a scope that an app may be registered for; undefined for any other word. */
export function readAppScope(word: string): string | undefined {
  const scope = findScope(word);
  return scope?.grantable === "app" ? scope.name : undefined;
}

/** Whether whoever has these words may do what `word` says: a single model is part of the whole gateway. */
export function allowsScope(words: ReadonlySet<string>, word: string): boolean {
  return words.has(word) || (words.has(wholeGateway) && modelOf(word) !== undefined);
}

/** Whether any of the words can spend money. */
export function canSpend(words: Iterable<string>): boolean {
  for (const word of words) if (findScope(word)?.spends) return true;
  return false;
}

const longestScope = 1000;

/**
 * The words of a `scope` parameter, each once and in one spelling, in the order given. Undefined when it is too long to
 * be honest or holds a word that is not in the registry; judged before it is split, so that a huge one costs nothing.
 */
export function readScopes(text: string): string[] | undefined {
  if (text.length > longestScope) return undefined;
  const words = splitWords(text).map(canonicalScope);
  return words.every((word) => findScope(word) !== undefined) ? [...new Set(words)] : undefined;
}

/** Name and sentence of every scope, for machines and documentation. */
export function describeScopes(platform: string, models: readonly string[] = []): Record<string, string> {
  const all = [...scopes, ...models.filter(hasModelScope).map(modelEntry)];
  return Object.fromEntries(all.map((scope) => [scope.name, scope.sentence(platform)]));
}
