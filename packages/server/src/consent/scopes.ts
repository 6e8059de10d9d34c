import type { Config } from "../config/config.ts";
import { canonicalScope, hasModelScope, modelOf, modelScope } from "../kernel/model-scope.ts";
import { splitWords } from "../kernel/words.ts";
import { type ScopeFacts, type Text, text } from "../ui/index.ts";

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
  /**
   * `user` scopes work on the user's own keys and at the command line; no other app may have them. `operator` ones only on
   * keys that an operator makes in person.
   */
  readonly grantable: "app" | "user" | "operator";
}

export const scopes: readonly ScopeEntry[] = [
  {
    name: "openid",
    ...text.scopes.openid,
    claims: ["sub"],
    spends: false,
    grantable: "app",
  },
  {
    name: "profile",
    ...text.scopes.profile,
    claims: ["name", "nickname", "picture", "locale", "preferred_username", "username", "created_at", "updated_at"],
    spends: false,
    grantable: "app",
  },
  {
    name: "email",
    ...text.scopes.email,
    claims: ["email", "email_verified"],
    spends: false,
    grantable: "app",
  },
  {
    name: "phone",
    ...text.scopes.phone,
    claims: ["phone_number", "phone_number_verified"],
    spends: false,
    grantable: "app",
  },
  {
    name: "address",
    ...text.scopes.address,
    claims: ["address"],
    spends: false,
    grantable: "app",
  },
  {
    name: "offline_access",
    ...text.scopes.offline_access,
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "gateway:access",
    ...text.scopes["gateway:access"],
    claims: [],
    spends: true,
    grantable: "app",
  },
  {
    name: "account:read",
    ...text.scopes["account:read"],
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "billing:read",
    ...text.scopes["billing:read"],
    claims: [],
    spends: false,
    grantable: "app",
  },
  {
    name: "apps:write",
    ...text.scopes["apps:write"],
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "authorizations:write",
    ...text.scopes["authorizations:write"],
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "account:write",
    ...text.scopes["account:write"],
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "keys:write",
    ...text.scopes["keys:write"],
    claims: [],
    spends: false,
    grantable: "user",
  },
  {
    name: "sessions:write",
    ...text.scopes["sessions:write"],
    claims: [],
    spends: false,
    grantable: "user",
  },
];

/**
 * Acts on accounts that are not one's own. It stands in no list: nobody asks for it with others, gets it with "everything",
 * or finds it offered.
 */
export const adminScope: ScopeEntry = {
  name: "admin",
  sentence: (platform) => `Run ${platform}: accounts, credit, audit log`,
  detail: () => "Nothing of your own: no models, no apps, no keys.",
  claims: [],
  spends: false,
  grantable: "operator",
};

const byName = new Map([...scopes, adminScope].map((scope) => [scope.name, scope]));

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
    ...modelWords(text, model),
    claims: [],
    spends: true,
    grantable: "app",
  };
}

/** A permission as people read it in their own language. */
export function sayScope(words: Text, { name, sentence, detail }: ScopeEntry): Pick<ScopeEntry, "sentence" | "detail"> {
  const model = modelOf(name);
  if (model !== undefined) return modelWords(words, model);
  const known: Readonly<Record<string, Pick<ScopeEntry, "sentence" | "detail">>> = words.scopes;
  return known[name] ?? { sentence, detail };
}

function modelWords({ modelScope: words }: Text, model: string): Pick<ScopeEntry, "sentence" | "detail"> {
  return { sentence: (platform) => words.sentence(model, platform), detail: () => words.detail() };
}

/** What apps may be registered for, beside the permissions for single models. */
export const appScopes: readonly string[] = scopes.filter((scope) => scope.grantable === "app").map(({ name }) => name);

/** Those that mean something where the platform is configured like this: nobody can have a number that cannot be given. */
export function offeredScopes({ phone }: Pick<Config, "phone">): readonly string[] {
  return phone.kind === "none" ? appScopes.filter((name) => name !== "phone") : appScopes;
}

/** What people may give a key of their own. It stays until it ends, and so needs no leave to stay. */
export function keyScopes({ phone }: Pick<Config, "phone">): readonly ScopeEntry[] {
  const idle = phone.kind === "none" ? ["offline_access", "phone"] : ["offline_access"];
  return scopes.filter(({ name }) => !idle.includes(name));
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
  return words.every(isAskable) ? [...new Set(words)] : undefined;
}

/** What only an operator gives is no word that anybody asks for. */
function isAskable(word: string): boolean {
  const scope = findScope(word);
  return scope !== undefined && scope.grantable !== "operator";
}

/** Name and sentence of every scope, for machines and documentation. */
export function describeScopes(platform: string, models: readonly string[] = []): Record<string, string> {
  const all = [...scopes, ...models.filter(hasModelScope).map(modelEntry)];
  return Object.fromEntries(all.map((scope) => [scope.name, scope.sentence(platform)]));
}
