import { z } from "zod";
import { paths } from "../oauth/index.ts";
import { answer, type Content, type Entry } from "./openapi-entry.ts";

const tag = "Sign in";
const text = z.string().optional();
const page: Content = { "text/html": null };

const leaving = z.object({
  id_token_hint: text,
  client_id: text,
  post_logout_redirect_uri: text,
  state: text,
});

const signing = z.object({ hotkey: z.string(), signature: z.string(), nonce: z.string() });

/** Where programs send a person's browser, beside the authorization endpoint. */
export function browserEntries(): Entry[] {
  return [
    {
      ...{ method: "GET", path: paths.endSession, tag, credentials: [], shape: "page", query: leaving },
      summary: "Sign a person out (OpenID Connect RP-Initiated Logout)",
      description: "Asks first, unless id_token_hint is of whoever is signed in. Leads to registered addresses only.",
      answers: {
        200: { description: "A page", content: page },
        303: { description: "Back to the app", content: {} },
      },
      refusals: ["invalid_request"],
    },
    {
      ...{ method: "POST", path: paths.endSession, tag, credentials: [], shape: "page" },
      summary: "Sign a person out, with a form",
      body: { content: { "application/x-www-form-urlencoded": leaving }, required: true },
      answers: { 303: { description: "To the same by GET", content: {} } },
      refusals: ["invalid_request", "payload_too_large"],
    },
    {
      ...{ method: "GET", path: "/idp/cli_login/nonce", tag, credentials: [], shape: "detail" },
      summary: "Get a text which a hotkey signs to sign in",
      answers: answer(z.object({ nonce: z.string(), text: z.string(), expires_in: z.int() })),
      refusals: ["temporarily_unavailable"],
    },
    {
      ...{ method: "GET", path: "/idp/cli_login", tag, credentials: [], shape: "page", query: signing },
      summary: "Ask a person whether to sign in with the hotkey that signed",
      answers: { 200: { description: "A page", content: page } },
      refusals: ["invalid_request", "not_found", "rate_limited"],
    },
  ];
}
