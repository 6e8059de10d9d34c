import { createHash, randomBytes } from "node:crypto";
import { createBrowser } from "../../packages/server/src/testing/browser.ts";
import type { Program } from "../machine/program.ts";
import type { Connection } from "./connection.ts";
import { basic, get, postForm } from "./messages.ts";

export const redirectUri = "http://127.0.0.1:9/callback";
/** Leads to an ID token, and without `openid` to none; both sides do the same for either. */
export const scopes = { withIdToken: "openid profile", withoutIdToken: "profile" };

/** What an app that acts for itself asks for. */
export const machineScope = "account:read";

/** How the access tokens of such an app are written: for us alone, or for whoever has the key set. */
export type MachineFormat = "sealed" | "jwt";

/** What the two sides have in common, so that one script measures both. */
export interface IdentityProvider {
  name: string;
  program: Program;
  paths: Record<"authorize" | "token" | "introspect" | "userinfo" | "keySet" | "discovery", string>;
  client: { id: string; secret: string };
  /** Apps that act for themselves. */
  machines: Record<MachineFormat, { id: string; secret: string }>;
  /** Of a browser that is signed in and has consented. */
  cookie: string;
}

export interface PreparedCode {
  code: string;
  verifier: string;
}

const pairs = Array.from({ length: 256 }, () => {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
});
let turn = 0;

function authorizeQuery(clientId: string, scope: string, challenge: string): URLSearchParams {
  return new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope,
    state: `state-${turn}`,
    ...(scope.includes("openid") && { nonce: `nonce-${turn}` }),
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
}

/** A code for a browser with a session and a remembered consent. */
export async function authorize(
  idp: IdentityProvider,
  connection: Connection,
  scope = scopes.withIdToken,
): Promise<PreparedCode> {
  const { verifier, challenge } = pairs[turn++ % pairs.length]!;
  const query = authorizeQuery(idp.client.id, scope, challenge);
  const answer = await connection.send(get(`${idp.paths.authorize}?${query}`, { cookie: idp.cookie }));
  const code = /\r\nlocation: \S*[?&]code=([^&\s]+)/i.exec(answer.head)?.[1];
  if (!code) throw new Error(`${idp.name} gave no code: ${answer.head}\n${answer.body.slice(0, 500)}`);
  return { code, verifier };
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token?: string;
}

export function redeem(
  idp: IdentityProvider,
  connection: Connection,
  { code, verifier }: PreparedCode,
): Promise<Tokens> {
  const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  return askForTokens(idp, connection, fields);
}

export function refresh(idp: IdentityProvider, connection: Connection, refresh_token: string): Promise<Tokens> {
  return askForTokens(idp, connection, { grant_type: "refresh_token", refresh_token });
}

async function askForTokens(
  { name, paths, client }: IdentityProvider,
  connection: Connection,
  fields: Record<string, string>,
): Promise<Tokens> {
  const { status, body } = await connection.send(postForm(paths.token, fields, basic(client.id, client.secret)));
  if (status !== 200) throw new Error(`${name} refused: ${status} ${body}`);
  return JSON.parse(body);
}

/**
 * Signs in and consents by the pages' own forms. Consent to the scope is remembered.
 *
 * @param answers what is written into the form of one page after another
 * @returns the `Cookie` header of that browser
 */
export async function signIn(
  idp: Omit<IdentityProvider, "cookie" | "machines">,
  scope: string,
  answers: Record<string, string>[],
): Promise<string> {
  const browser = createBrowser(fetch, `http://127.0.0.1:${idp.program.port}`);
  const query = authorizeQuery(idp.client.id, scope, pairs[0]!.challenge);
  let page = await browser.follow(await browser.open(`${idp.paths.authorize}?${query}`));
  for (const values of answers) {
    const action = /<form\b[^>]*action="([^"]*)"[^>]*>(?:(?!<\/form>).)*login-submit/s.exec(page.text)?.[1];
    if (!action) throw new Error(`${idp.name} shows no form: ${page.status} ${page.text.slice(0, 500)}`);
    page = await browser.follow(await browser.submit(page, action, values));
  }
  if (!page.location?.searchParams.has("code")) {
    throw new Error(`signing in at ${idp.name} ended at ${page.url}: ${page.status} ${page.text.slice(0, 500)}`);
  }
  // Without what only the forms needed.
  const session = [...browser.cookies].filter(([name]) => name.endsWith("session"));
  return session.map(([name, value]) => `${name}=${value}`).join("; ");
}
