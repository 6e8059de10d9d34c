import type { Tx } from "../../context.ts";
import { encodeBase64Url } from "../../kernel/bytes.ts";
import { sameText, sha256Base64Url } from "../../kernel/hash.ts";
import { openJson, sealJson } from "../../kernel/seal.ts";
import { claimOnce, findOnce } from "../../store/index.ts";
import type { Desk } from "../desk.ts";

/** What somebody left for, sealed into `state`: so nothing is stored for those who never come back. */
export interface Errand {
  provider: string;
  /** The authorization request that waits, as its page carried it. */
  request?: string | undefined;
  /** The page of our own that waits. */
  next?: string | undefined;
  /** Set for linking: who is linking, and in which session. */
  link?: { userId: string; sessionId: string } | undefined;
}

/** An errand on its way. `nonce` and `verifier` never leave the seal before they are needed. */
export interface Ticket extends Errand {
  id: string;
  nonce: string;
  verifier: string;
  /** Of the browser's mark: no other browser ends what this one began. */
  browser: string;
  expiresAt: number;
}

const purpose = "upstream_sign_in";
const lifeMs = 10 * 60_000;

export function issueTicket({ ctx, sealer }: Desk, mark: string, errand: Errand): { state: string; ticket: Ticket } {
  const chance = (length: number) => encodeBase64Url(ctx.random.bytes(length));
  const ticket = {
    ...errand,
    id: chance(16),
    nonce: chance(16),
    verifier: chance(32),
    browser: sha256Base64Url(mark),
    expiresAt: ctx.clock.now() + lifeMs,
  };
  return { state: sealJson(sealer, purpose, ticket), ticket };
}

/** Undefined for what is not ours, came too late, from another browser or by another provider's address, or was used. */
export async function openTicket(
  { ctx, sealer, cookies }: Desk,
  browser: Request,
  provider: string,
  state: string,
): Promise<Ticket | undefined> {
  const ticket = openJson<Ticket>(sealer, purpose, state);
  if (!ticket || ticket.provider !== provider || ctx.clock.now() >= ticket.expiresAt) return undefined;
  if (!sameText(ticket.browser, sha256Base64Url(cookies.read(browser, "browser") ?? ""))) return undefined;
  return (await findOnce(ctx, purpose, ticket.id)) ? undefined : ticket;
}

/** True for one caller over all processes; taken back if the transaction is. */
export function spendTicket(tx: Tx, { id, expiresAt }: Ticket): Promise<boolean> {
  return claimOnce(tx, purpose, id, expiresAt);
}
