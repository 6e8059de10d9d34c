import type { Row } from "./row.ts";

/** What Innkeeper promises beyond the checklist: money, revocation, durability, interoperability, the process. */
export const promises: Row[] = [
  // Store
  ["R01", "shown", "reads outside a transaction never see what is uncommitted", "house: ground"],
  ["R02", "shown", "writes go through inTx only", "house: ground"],
  ["R03", "shown", "group commit: a refused member leaves its neighbours; a failed commit fails all", "house: ground"],
  ["R04", "shown", "inTx rolls back whatever answers { ok: false }, refused after any update", "house: faults"],
  ["R05", "shown", "a one-time mark has one winner, over all processes", "house: once"],
  ["R06", "shown", "after a restore (new epoch) every older sealed value is refused", "house: seals"],

  // Revocation
  ["R10", "shown", "a process stopped for 5 s honours nothing that was revoked meanwhile", "house: revocation"],
  ["R11", "shown", "what the command line writes, a running server sees within a second", "house: change feed"],
  ["R12", "shown", "consenting again or reactivating an app revives no old token", "house: generations"],
  ["R13", "shown", "without a fresh poll every check reads the database, and fails closed with 503", "house: live"],
  ["R14", "shown", "a retired secret's seals are refused within 5 s", "house: seals"],
  ["R15", "shown", "signing keys are stored encrypted, and published before first use", "house: keys"],
  ["R16", "shown", "signing out kills the session at once, copied cookie included", "house: people"],

  // Races, each on both databases
  ["R20", "shown", "one code redeemed by many at once: one winner", "reliability E15"],
  ["R21", "shown", "20 parallel refreshes all succeed and leave one living head", "reliability E15"],
  ["R22", "shown", "200 calls of random price against one cap: not one unit over", "reliability E16"],
  ["R23", "shown", "200 calls of random price against one wallet: not one unit over", "reliability E16"],
  ["R24", "shown", "two processes on one PostgreSQL overspend neither cap nor wallet", "reliability E16"],
  ["R25", "shown", "many consents at once leave one grant", "reliability E15"],
  ["R26", "shown", "redeem against revoke: no token outlives the revocation", "reliability E15"],
  ["R27", "shown", "a cap lowered during calls binds every later admission", "reliability E16"],
  ["R28", "shown", "50 kills under load: auditor and client journal find no violation", "reliability E1"],
  ["R29", "shown", "each harness catches its own planted fault", "reliability 5"],

  // Money
  ["R30", "shown", "the audit recomputes every balance from the entries", "ledger"],
  ["R31", "shown", "every hold ends in settle, release or sweep, also after failure and restart", "gateway"],
  ["R32", "shown", "the cap is usable to its end", "gateway"],
  ["R33", "shown", "402 tells the limit's source and figures; calls in flight alone give 429", "gateway"],
  ["R34", "shown", "the cost is told after the settle has committed, in a header or before [DONE]", "gateway"],
  ["R35", "shown", "usage is asked of the upstream on each stream and hidden from who did not ask", "gateway"],
  ["R36", "shown", "an unknown or unpriced model: 404 before any upstream call", "gateway"],
  ["R37", "shown", "a silent upstream is given up after 5 s, 60 s and 60 s", "gateway"],

  // Consent and registry
  ["R40", "shown", "consent is remembered and asked again only for more", "consent"],
  ["R41", "shown", "spending may be refused while identity is granted", "consent"],
  ["R42", "shown", "the token answer carries scope and budget", "consent"],
  ["R43", "shown", "writing scopes are not granted to third-party apps by default", "registry"],
  ["R44", "shown", "an app's token sees that app's usage, keys and authorizations only", "registry"],
  ["R45", "shown", "introspection with wrong credentials is refused", "RFC 7662 2.1"],
  ["R46", "shown", "openapi.json tells of every operation, and each answers as it says", "registry"],
  ["R47", "shown", "bad input of every operation: the documented refusal, and nothing changes", "registry"],
  ["R48", "shown", "nobody gives a key more than he has: scopes, limits, life", "registry"],
  ["R49", "shown", "an authorization is reused; signing in leaves no key behind", "registry"],

  // People
  ["R50", "shown", "known and unknown users get the same answer in the same time", "accounts"],
  ["R51", "shown", "sign-in is slowed by account and network, and limited by peer", "accounts"],
  ["R52", "shown", "common passwords are refused", "accounts"],

  // Process
  ["R60", "shown", "an empty, default, short or wrong secret: the process does not start", "process"],
  ["R61", "shown", "an http issuer that is not loopback: the process does not start", "process"],
  ["R62", "shown", "a mistaken configuration: does not start, and lists all mistakes at once", "process"],
  ["R63", "shown", "a second server on one SQLite file does not start", "process"],
  ["R64", "shown", "PostgreSQL without a secret, fsync or full_page_writes: does not start", "process"],
  ["R65", "shown", "SIGTERM lets streams drain and exits 0", "process"],

  // Interoperability
  ["R70", "shown", "an unmodified OAuth client library signs in and refreshes", "interop"],
  ["R71", "shown", "the unmodified openai package chats, plain and streamed", "interop"],
  ["R72", "shown", "the whole story works in a real browser", "story"],
  ["R73", "shown", "signing in and consenting work with scripts switched off", "story"],

  // What goes out
  ["R80", "shown", "two processes send each webhook attempt once, and in order for each app", "webhooks"],
  ["R81", "shown", "what a killed process was sending is sent again under the same id", "webhooks"],
  ["R82", "shown", "the unmodified standardwebhooks package verifies what apps are told", "Standard Webhooks 1.0"],
  ["R83", "shown", "logos are redrawn and served by us; no page loads a stranger's address", "registry"],
  ["R84", "shown", "a domain is proven by its owner, and lost with the app's addresses or the proof", "registry"],

  // Command line
  ["R90", "shown", "the command line is a known public client that nobody owns and that always asks", "command line"],
  ["R91", "shown", "its token acts as its user as far as the scopes go, and never spends", "command line"],
  [
    "R92",
    "shown",
    "login goes through the browser; login again and logout leave no living token behind",
    "command line",
  ],
  [
    "R93",
    "shown",
    "profiles are a file of mode 0600 in a folder of 0700, refused when others can read it",
    "command line",
  ],
  ["R94", "shown", "apps are registered, changed, shared, rotated and deleted by command", "command line"],
  ["R95", "shown", "authorizations, keys and sessions are listed and ended by command", "command line"],
  ["R96", "shown", "state, PKCE, nonce and issuer of a sign-in are checked before anything is kept", "RFC 9207 2.4"],
  ["R97", "shown", "a mistake gets one sentence: exit code 1, or 2 when it was typed wrong", "command line"],
  ["R98", "shown", "of many commands one refreshes, and a killed one leaves no lock behind", "command line"],
  ["R99", "shown", "without a browser a device code signs in; a linked hotkey signs every call", "command line"],
];
