import type { App } from "../../apps/index.ts";
import type { Ctx } from "../../context.ts";
import type { Form } from "../../http/form.ts";
import { type Fault, knownFault } from "../../kernel/faults.ts";
import type { Issued, Tokens } from "../../tokens/index.ts";

/** What a grant type stands on, and what was sent to it. */
export interface TokenRequest {
  ctx: Ctx;
  tokens: Tokens;
  /** Has proved who it is, or is public. */
  app: App;
  form: Form;
}

/**
 * One grant type (RFC 6749 4). `look` reads and compares and may refuse, with nothing spent yet; `take` claims the right
 * in one transaction and issues.
 */
export interface Grant<Seen = unknown> {
  /** The value of `grant_type`. */
  readonly name: string;
  /** @throws Fault, before anything is spent */
  look(request: TokenRequest): Seen | Promise<Seen>;
  /** @throws Fault `invalid_grant` when somebody else was first or something has ended meanwhile */
  take(request: TokenRequest, seen: Seen): Promise<Issued>;
}

/** The user, the app or what the one allowed the other has ended since. */
export function endedFault({ config }: Ctx): Fault {
  const more = "what the user allowed has ended. Sign in again.";
  return knownFault(config.issuer, "authorization-revoked", "invalid_grant", more);
}
