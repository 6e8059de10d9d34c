import type { KnownRefusal } from "../../../kernel/faults.ts";

/** The pages behind `error_uri`. The same sentences stand in `docs/errors/`. */
const pages: Record<KnownRefusal, { cause: string; fix: string }> = {
  "invalid-redirect-uri": {
    cause:
      "The redirect_uri of the request is not one that the app registered, or not the one its code was sent to. Addresses are compared letter by letter: scheme, host, port, path and query. Only for 127.0.0.1 and [::1] any port will do.",
    fix: "Register the exact address with the app, and send the same one to /idp/authorize and to /idp/token. Look for a missing slash, another letter case, http for https, and localhost for 127.0.0.1.",
  },
  "invalid-code-challenge": {
    cause:
      "PKCE is required, and the code_challenge of the request is missing, or is not the base64url of a SHA-256 hash, or came without code_challenge_method=S256.",
    fix: "Make a verifier of 43 to 128 characters, send the base64url of its SHA-256 hash, without padding, as code_challenge together with code_challenge_method=S256, and send the verifier as code_verifier to /idp/token.",
  },
  "authorization-revoked": {
    cause:
      "What the token stood for has ended: the user revoked the app or took a permission back, the token was revoked, the app was stopped, or the account was closed.",
    fix: "Forget the tokens and send the user to /idp/authorize again. What they allow there is a new authorization; old tokens never live again.",
  },
  "token-expired": {
    cause: "The token was genuine and its time is over. Access tokens live for an hour, as expires_in says.",
    fix: "Use the refresh token at /idp/token, best before expires_in has passed. When the refresh token has expired too, send the user to /idp/authorize again.",
  },
};

export const refusals = { cause: "Why", fix: "What to do", word: "For developers", pages };
