import { secretHashes } from "../../src/apps/index.ts";
import { query, type Schema } from "../../src/store/index.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import {
  openPlatform,
  type Platform,
  type PlatformOptions,
  password,
  redirectUri,
} from "../../src/testing/platform.ts";

/** A platform with one person, Maya, and one app, Storyteller, that wants to sign her in. */
export interface Storyteller extends Platform {
  maya: { id: string; workspaceId: string };
  app: { id: string; clientId: string; clientSecret: string };
  /** The path of an authorization request; `undefined` leaves a parameter out. */
  request(more?: Parameters): string;
  /** Signs Maya in where the browser is sent to the password, and goes on. */
  signIn(browser: Browser, path: string): Promise<Page>;
  /** From the request to the answer, allowing everything as it stands on the page. */
  allow(browser: Browser, more?: Parameters, values?: Record<string, string | string[] | null>): Promise<Page>;
  /** Exchanges the code of an answer. */
  redeem(answer: Page): Promise<Record<string, unknown>>;
}

type Parameters = Record<string, string | undefined>;

export const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const signInForm = "/idp/login";
export const consentForm = "/idp/authorize/consent";

export async function openStoryteller(
  metadata: Record<string, unknown> = {},
  options: PlatformOptions = {},
  { open } = databases[0]!,
): Promise<Storyteller> {
  const platform = await openPlatform(open, options);
  const maya = await platform.addUser("maya");
  const kit = await platform.addUser("kit");
  const app = await platform.addApp(kit.id, metadata);

  const request = (more: Parameters = {}) => {
    const parameters = {
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
      state: "a state",
      ...more,
    };
    const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `/idp/authorize?${new URLSearchParams(given)}`;
  };

  const signIn = async (browser: Browser, path: string) => {
    const page = await browser.follow(await browser.open(path));
    if (page.url.pathname !== signInForm) return page;
    return browser.follow(await browser.submit(page, signInForm, { login: "maya", password }));
  };

  return {
    ...platform,
    maya,
    app,
    request,
    signIn,
    async allow(browser, more = {}, values = {}) {
      const page = await signIn(browser, request(more));
      if (page.url.pathname !== consentForm) return page;
      return browser.follow(await browser.submit(page, consentForm, { decision: "allow", ...values }));
    },
    async redeem(answer) {
      const response = await platform.fetch("/idp/token", {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code: answer.location?.searchParams.get("code") ?? "",
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_id: app.clientId,
          client_secret: app.clientSecret,
        }),
      });
      return (await response.json()) as Record<string, unknown>;
    },
  };
}

/** The parameters with which the app is answered. */
export function answerOf(page: Page): Record<string, string> {
  return Object.fromEntries(page.location?.searchParams ?? []);
}

const tables: (keyof Schema)[] = [
  "users",
  "sessions",
  "passkeys",
  "apps",
  "app_names",
  "app_owners",
  "app_search",
  "app_secrets",
  "app_shares",
  "webhook_events",
  "grants",
  "budgets",
  "budget_windows",
  "holds",
  "entries",
  "token_families",
  "api_keys",
  "signature_keys",
  "once",
  "audit_log",
];

/** Everything that is stored, to show that nothing of it has changed. */
export async function stored({ ctx }: Platform): Promise<string> {
  const rows = await Promise.all(tables.map((table) => query(ctx, (db) => db.selectFrom(table).selectAll())));
  return JSON.stringify(rows);
}

/** Of the secrets that authenticate an app now. */
export async function hashesOf({ ctx }: Pick<Storyteller, "ctx">, appId: string): Promise<string[]> {
  return (await secretHashes(ctx, appId)).map(({ hash }) => hash);
}
