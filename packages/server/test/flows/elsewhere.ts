import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { createBrowser, type Page } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";

/** Claims of a person there, by subject. */
export type People = Record<string, Record<string, unknown>>;

/** A real OpenID provider of somebody else, on a port of its own. */
export interface Elsewhere {
  origin: string;
  people: People;
  /** Whose people sign in here: where they are sent back to. */
  platform: string;
  /** What is done instead of the provider's own answer, for attacks: true when it answered. */
  meddle: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Everything that was asked of it, method and path. */
  asked: string[];
  /** Signs somebody in there, in a browser of their own, and answers where they are sent back to. */
  signIn(away: URL, subject: string): Promise<URL>;
  close(): void;
}

export const clientId = "innkeeper";
export const clientSecret = "a secret between the two of them";

/** @param id as it stands in the addresses of the platform */
export async function openElsewhere(id = "school", people: People = {}): Promise<Elsewhere> {
  const server = createServer((request, response) => handle(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let own: ReturnType<Provider["callback"]> | undefined;
  const elsewhere: Elsewhere = {
    origin,
    people,
    platform: issuer,
    meddle: undefined,
    asked: [],
    signIn: (away, subject) => signInThere(origin, away, subject),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  function handle(request: IncomingMessage, response: ServerResponse): void {
    elsewhere.asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    if (elsewhere.meddle?.(request, response)) return;
    own ??= quietly(() =>
      createProvider(origin, `${elsewhere.platform}/idp/upstream/${id}/callback`, people),
    ).callback();
    own(request, response);
  }
  return elsewhere;
}

/** The provider warns of what must not go into production; this does not. */
function quietly<T>(work: () => T): T {
  const { warn, info } = console;
  console.warn = console.info = () => {};
  try {
    return work();
  } finally {
    Object.assign(console, { warn, info });
  }
}

function createProvider(origin: string, redirectUri: string, people: People): Provider {
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  return new Provider(origin, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [{ ...key, use: "sig" }] },
    cookies: { keys: ["a key of the cookies there"] },
    claims: {
      email: ["email", "email_verified"],
      profile: ["name", "nickname", "preferred_username"],
    },
    // Every term told, so that it warns of none.
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people[sub] }),
    }),
  });
}

/** Its own pages for development: one asks for a name and any password, one asks for consent. */
async function signInThere(origin: string, away: URL, subject: string): Promise<URL> {
  const browser = createBrowser((request) => fetch(request), origin);
  let page: Page = await browser.follow(await browser.open(away));
  for (let step = 0; step < 3 && page.location === null; step += 1) {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
    if (action === undefined) throw new Error(`the provider shows no form: ${page.status} ${page.text.slice(0, 500)}`);
    const values: Record<string, string> = page.text.includes('name="login"')
      ? { login: subject, password: "any" }
      : {};
    page = await browser.follow(await browser.submit(page, action, values));
  }
  if (page.location === null) throw new Error("the provider sends nobody back");
  return page.location;
}
