import { setTimeout } from "node:timers/promises";
import { CommandFault, say } from "../process/answer.ts";
import { openBrowser } from "./browser.ts";
import type { Endpoints } from "./discovery.ts";
import { openLoopback } from "./loopback-listener.ts";
import { challengeOf, guessless } from "./proof.ts";
import { checkIdToken, clientId, requestTokens, type Tokens } from "./tokens.ts";

const patienceMs = 600_000;

/** Signs in through the browser of this machine: code, PKCE, state, nonce, and the issuer of RFC 9207. */
export async function signInByBrowser(endpoints: Endpoints, scopes: readonly string[]): Promise<Tokens> {
  const [state, nonce, verifier] = [guessless(), guessless(), guessless()];
  const loopback = await openLoopback(state);
  const { redirectUri } = loopback;
  try {
    const url = new URL(endpoints.authorization);
    const asked = {
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: scopes.join(" "),
      state,
      nonce,
      code_challenge: challengeOf(verifier),
      code_challenge_method: "S256",
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    say(
      "Sign in with the browser that opens now. If none does, open this address on this computer:",
      "",
      `  ${url}`,
      "",
    );
    await openBrowser(url.href);
    const waiting = new AbortController();
    const late = setTimeout(patienceMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    const arrival = await Promise.race([loopback.arrival, late]).finally(() => waiting.abort());
    if (!arrival) throw new CommandFault("Nobody signed in within ten minutes.");
    try {
      const code = readAnswer(arrival.parameters, endpoints.issuer);
      const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
      const tokens = await requestTokens(endpoints.token, form);
      if (scopes.includes("openid")) checkIdToken(tokens, { issuer: endpoints.issuer, nonce });
      await arrival.reply({ title: "You are signed in", sentence: "Close this page and go back to the terminal." });
      return tokens;
    } catch (error) {
      await arrival.reply({ title: "You are not signed in", sentence: "The terminal says why.", status: 400 });
      throw error;
    }
  } finally {
    loopback.close();
  }
}

/** RFC 9207 2.4: an answer of another platform is thrown away before anything else of it is believed. */
function readAnswer(parameters: URLSearchParams, issuer: string): string {
  if (parameters.get("iss") !== issuer)
    throw new CommandFault("The answer came from another platform. Nothing was kept.");
  const error = parameters.get("error");
  if (error === "access_denied") throw new CommandFault("You did not allow it, so nobody is signed in.");
  if (error !== null) throw new CommandFault(parameters.get("error_description") ?? error);
  const code = parameters.get("code");
  if (!code) throw new CommandFault("The answer holds no code.");
  return code;
}
