import { type App, findAppByClientId } from "../../apps/index.ts";
import { type Asked, canSpend, readProposal, readScopes } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import type { Form } from "../../http/form.ts";
import { Fault, knownFault } from "../../kernel/faults.ts";
import { redirectMatches } from "../../kernel/url.ts";
import { splitWords } from "../../kernel/words.ts";
import { type Acr, acrs } from "../../people/index.ts";
import type { Clients } from "../../tokens/index.ts";
import { authorizationCode } from "../grants/authorization-code.ts";
import { mayOmitPkce } from "../pkce.ts";
import { readAskedScopes } from "../scope.ts";
import { type AuthorizeRequest, type Prompt, prompts } from "./request.ts";

export type NowhereReason = "client_not_found" | "redirect_uri_missing" | "redirect_uri_not_registered";

export type Client = { ok: true; app: App; redirectUri: string } | { ok: false; reason: NowhereReason };

/**
 * Who asks, and where the answer goes. Until both are sure there is nowhere to send an answer, an error included,
 * so these checks come before everything else, sign-in and remembered consent above all (RFC 6749 4.1.2.1).
 */
export async function checkClient(ctx: Ctx, clients: Pick<Clients, "recall">, parameters: Form): Promise<Client> {
  const clientId = parameters.get("client_id");
  const redirectUri = parameters.get("redirect_uri");
  if (clientId === undefined) return { ok: false, reason: "client_not_found" };
  if (redirectUri === undefined) return { ok: false, reason: "redirect_uri_missing" };
  const known = clients.recall(clientId);
  const client = known && checkAddress(known.app, redirectUri);
  // Memory refuses nobody: another process may have registered the address a moment ago.
  return client?.ok ? client : findClient(ctx, clientId, redirectUri);
}

/** Asked again at each step: app and address may have changed while a person was reading a page. */
export async function findClient(ctx: Ctx, clientId: string, redirectUri: string): Promise<Client> {
  return checkAddress(await findAppByClientId(ctx, clientId), redirectUri);
}

function checkAddress(app: App | undefined, redirectUri: string): Client {
  if (!app || app.deactivatedAt !== null) return { ok: false, reason: "client_not_found" };
  if (!redirectMatches(app.redirectUris, redirectUri)) return { ok: false, reason: "redirect_uri_not_registered" };
  return { ok: true, app, redirectUri };
}

const codeGrant = authorizationCode.name;

/**
 * The rest of the request, in the order of the checks.
 *
 * @throws Fault to be sent to the app's redirect URI.
 */
export function checkRequest(ctx: Ctx, parameters: Form, app: App, redirectUri: string): AuthorizeRequest {
  if (!app.grantTypes.includes(codeGrant)) {
    throw new Fault("unauthorized_client", `This app is not registered for ${codeGrant}`);
  }
  refuseRequestObjects(parameters);
  refuseOtherResponses(parameters);
  const codeChallenge = readCodeChallenge(ctx, parameters, app);
  const prompt = readPrompt(parameters);
  const maxAgeSeconds = readMaxAge(parameters);
  const state = readText(parameters, "state", 2048);
  const nonce = readText(parameters, "nonce", 512);
  const asked = checkAsked(ctx, parameters, app);
  const loginHint = parameters.get("login_hint")?.slice(0, 254) ?? null;
  const uiLocales = parameters.get("ui_locales")?.slice(0, 200) ?? null;
  const receivedAt = ctx.clock.now();
  return {
    clientId: app.clientId,
    redirectUri,
    state,
    nonce,
    codeChallenge,
    prompt,
    maxAgeSeconds,
    acr: readAcrValues(parameters),
    ...asked,
    loginHint,
    uiLocales,
    receivedAt,
  };
}

/** What is asked for, the same wherever an app asks. @throws Fault `invalid_scope`, `invalid_request` */
export function checkAsked(ctx: Ctx, parameters: Form, app: App): Asked {
  const scopes = readAskedScopes(ctx, app, parameters.get("scope"));
  const optional = readOptionalScope(parameters, scopes);
  const proposal = readBudget(parameters, ctx) ?? (canSpend(scopes) ? app.budgetProposal : null);
  return { scopes, optional, proposal };
}

function refuseRequestObjects(parameters: Form): void {
  if (parameters.get("request")) throw new Fault("request_not_supported", "Request objects are not supported");
  if (parameters.get("request_uri")) throw new Fault("request_uri_not_supported", "request_uri is not supported");
}

function refuseOtherResponses(parameters: Form): void {
  const type = parameters.get("response_type");
  if (type === undefined) throw new Fault("invalid_request", "response_type is missing");
  if (type !== "code") throw new Fault("unsupported_response_type", "The only response_type is code");
  const mode = parameters.get("response_mode");
  if (mode !== undefined && mode !== "query") throw new Fault("invalid_request", "The only response_mode is query");
}

/**
 * RFC 7636 4.2: base64url of SHA-256 has 43 characters. Required of every client (OAuth 2.1 4.1.1) but the confidential
 * ones that an operator let off: null for those that send none.
 */
function readCodeChallenge({ config }: Ctx, parameters: Form, app: App): string | null {
  const challenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if (challenge === undefined && method === undefined && mayOmitPkce(app)) return null;
  const invalid = (more: string) => knownFault(config.issuer, "invalid-code-challenge", "invalid_request", more);
  if (challenge === undefined) throw invalid("it is missing, and PKCE is required");
  if (method !== "S256") throw invalid("the only code_challenge_method is S256");
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw invalid("it is not the base64url of a SHA-256 hash");
  return challenge;
}

function readPrompt(parameters: Form): Prompt[] {
  const words = splitWords(parameters.get("prompt") ?? "");
  if (!words.every((word): word is Prompt => (prompts as readonly string[]).includes(word))) {
    throw new Fault("invalid_request", `prompt has a word other than ${prompts.join(", ")}`);
  }
  if (words.includes("none") && words.length > 1) {
    throw new Fault("invalid_request", "prompt=none stands alone");
  }
  return words;
}

function readMaxAge(parameters: Form): number | null {
  const text = parameters.get("max_age");
  if (text === undefined) return null;
  if (!/^\d{1,10}$/.test(text)) throw new Fault("invalid_request", "max_age is a number of seconds");
  return Number(text);
}

/**
 * `acr_values` names what the app takes, the one it likes best first; the weakest of them is enough. Words of others are
 * passed over: asking is voluntary (OpenID Connect Core 5.5.1.1), and the ID token says what came of it.
 */
function readAcrValues(parameters: Form): Acr | null {
  const asked = splitWords(parameters.get("acr_values") ?? "");
  return acrs.find((acr) => asked.includes(acr)) ?? null;
}

function readText(parameters: Form, name: string, longest: number): string | null {
  const text = parameters.get(name) ?? null;
  if (text !== null && text.length > longest) {
    throw new Fault("invalid_request", `${name} has more than ${longest} characters`);
  }
  return text;
}

/** `optional_scope`: the words of `scope` that the user may leave out. All others are taken together or not at all. */
function readOptionalScope(parameters: Form, scopes: readonly string[]): string[] {
  const optional = readScopes(parameters.get("optional_scope") ?? "");
  if (!optional?.every((word) => scopes.includes(word))) {
    throw new Fault("invalid_scope", "optional_scope has a word that is not in scope");
  }
  return optional.filter((word) => word !== "openid");
}

function readBudget(parameters: Form, ctx: Ctx): AuthorizeRequest["proposal"] {
  const read = readProposal(
    parameters.get("budget_limit"),
    parameters.get("budget_period"),
    ctx.config.budgets.default.period,
  );
  if (!read.ok) throw new Fault("invalid_request", read.why);
  return read.proposal;
}
