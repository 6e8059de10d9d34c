import type { Row } from "./row.ts";

/** Signing in with an account elsewhere. */
export const upstream: Row[] = [
  ["U01", "shown", "no account is taken over by an address that another provider names", "CVE-2024-56734"],
  ["U02", "shown", "where domains are listed, only verified addresses of them come in", "upstream sign-in"],
  [
    "U03",
    "shown",
    "an answer of another issuer, or by another's address, is refused: the mix-up",
    "RFC 9207, RFC 9700 4.4",
  ],
  [
    "U04",
    "shown",
    "an answer counts once, for ten minutes, in the browser that asked",
    "RFC 9700 4.7, OpenID Connect Core 3.1.2.1",
  ],
  ["U05", "shown", "an ID token is verified: signature, issuer, audience and nonce", "OpenID Connect Core 3.1.3.7"],
  ["U06", "shown", "accounts are linked after proof of both, and nobody's is given to another", "CVE-2015-9284"],
  ["U07", "shown", "the last way to sign in cannot be removed, also not by two clicks at once", "upstream sign-in"],
  ["U08", "shown", "one network opens so many accounts and no more, and uses up nothing of another one's", "OWASP"],
];
