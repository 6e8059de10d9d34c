import { Buffer } from "node:buffer";
import { CommandFault } from "../process/answer.ts";
import { Refusal } from "./refusal.ts";
import { type Sent, sendForm, textOf } from "./send.ts";

/** The public client that every platform knows (RFC 8252 8.4: it has no secret to keep). */
export const clientId = "innkeeper-cli";

/** What a sign-in gave. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  scope: string;
  /** Epoch milliseconds by this machine's clock. */
  expiresAt: number;
  idToken: string | undefined;
}

/** @throws Refusal with the word of the protocol; CommandFault when what came is no answer. */
export async function requestTokens(tokenEndpoint: string, form: Record<string, string>): Promise<Tokens> {
  const askedAt = Date.now();
  const sent = await sendForm(tokenEndpoint, { ...form, client_id: clientId });
  if (sent.status !== 200) throw new Refusal(sent);
  return readTokens(sent, askedAt);
}

function readTokens({ body }: Sent, askedAt: number): Tokens {
  const accessToken = textOf(body, "access_token");
  const refreshToken = textOf(body, "refresh_token");
  const lives = (body as { expires_in?: unknown } | undefined)?.expires_in;
  const bearer = textOf(body, "token_type")?.toLowerCase() === "bearer";
  if (!accessToken || !refreshToken || !bearer || typeof lives !== "number") {
    throw new CommandFault("The platform's answer holds no tokens to go on with.");
  }
  const scope = textOf(body, "scope") ?? "";
  return { accessToken, refreshToken, scope, expiresAt: askedAt + lives * 1000, idToken: textOf(body, "id_token") };
}

/** RFC 7009: with the refresh token goes everything that came of it. False when the platform did not do it. */
export async function revokeTokens(revocationEndpoint: string, refreshToken: string): Promise<boolean> {
  const form = { token: refreshToken, token_type_hint: "refresh_token", client_id: clientId };
  return (await sendForm(revocationEndpoint, form)).status === 200;
}

/**
 * OpenID Connect Core 3.1.3.7. It came straight from the token endpoint over a connection that is trusted with the tokens
 * themselves, so what it says is compared and its signature adds nothing (point 6).
 *
 * @throws CommandFault when it was made for another sign-in
 */
export function checkIdToken(tokens: Tokens, expected: { issuer: string; nonce?: string }): void {
  const claims = claimsOf(tokens.idToken ?? "");
  const audience = [claims?.aud].flat();
  const fits =
    claims?.iss === expected.issuer &&
    audience.length === 1 &&
    audience[0] === clientId &&
    typeof claims.exp === "number" &&
    claims.exp * 1000 > Date.now() - toleranceMs &&
    claims.nonce === expected.nonce;
  if (!fits) throw new CommandFault("The platform answered with the ID token of another sign-in. Nothing was kept.");
}

/** By how much the clocks of two machines may differ. */
const toleranceMs = 300_000;

function claimsOf(idToken: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
