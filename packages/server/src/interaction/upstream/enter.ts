import { signUpByIdentity } from "../../accounts/index.ts";
import { type Ctx, inTx, type Tx } from "../../context.ts";
import { findIdentity, findUser, identityAmr, touchIdentity, type User } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import type { Newcomers } from "../newcomers.ts";
import type { UpstreamRefusal } from "../pages/upstream-refused.ts";
import type { Entrance, Waiting } from "../sign-in/entrance.ts";
import type { Arrival } from "./arrival.ts";
import { spendTicket } from "./ticket.ts";
import { labelOf, namesOf } from "./upstream-claims.ts";

type Verdict<Why> = { ok: true; user: User } | { ok: false; why: Why };

/** Signs in whoever the identity belongs to. It belongs to nobody by its address, whatever the provider says of that. */
export async function enterByIdentity(
  { ctx }: Desk,
  { entrance, newcomers }: { entrance: Entrance; newcomers: Newcomers },
  browser: Request,
  arrival: Arrival,
  waiting: Waiting,
  refuse: (why: UpstreamRefusal) => Response,
): Promise<Response> {
  const amr = [identityAmr];
  const admit = async (user: User): Promise<Response> => {
    const entered = await entrance.admit(browser, { user, amr, claim: (tx) => useIdentity(tx, arrival) }, waiting);
    return entered instanceof Response ? entered : refuse(entered.why);
  };
  const known = await findOwner(ctx, arrival);
  if (known) return admit(known);
  if (opensToAnybody(arrival) && newcomers.attempt(arrival.peer) > 0) return refuse("wait");
  const opened = await inTx(ctx, (tx) => openFor(tx, arrival));
  if (opened.ok) {
    const entered = await entrance.admit(browser, { user: opened.user, amr }, waiting);
    return entered instanceof Response ? entered : refuse("stale");
  }
  if (opened.why !== "raced") return refuse(opened.why);
  // Another tab made the account a moment ago; this ticket is as good as before.
  const other = await findOwner(ctx, arrival);
  return other ? admit(other) : refuse("stale");
}

/** Of organisations that the operator has named, many may come from behind one address, and each is vouched for. */
function opensToAnybody({ provider: { config } }: Arrival): boolean {
  return config.signUp && config.allowedDomains === undefined;
}

async function findOwner(ctx: Ctx, { provider, claims }: Arrival): Promise<User | undefined> {
  const identity = await findIdentity(ctx, { provider: provider.id, subject: claims.sub });
  return identity && findUser(ctx, identity.userId);
}

async function useIdentity(tx: Tx, arrival: Arrival): Promise<Verdict<"stale" | "closed">> {
  if (!(await spendTicket(tx, arrival.ticket))) return { ok: false, why: "stale" };
  const user = await findOwner(tx, arrival);
  if (user?.disabledAt !== null) return { ok: false, why: "closed" };
  const { provider, claims } = arrival;
  await touchIdentity(tx, { provider: provider.id, subject: claims.sub, label: labelOf(claims) });
  return { ok: true, user };
}

async function openFor(
  tx: Tx,
  { provider, ticket, claims, address }: Arrival,
): Promise<Verdict<"stale" | "no_account" | "account_exists" | "raced">> {
  if (!(await spendTicket(tx, ticket))) return { ok: false, why: "stale" };
  if (!provider.config.signUp) return { ok: false, why: "no_account" };
  return signUpByIdentity(tx, {
    identity: { provider: provider.id, subject: claims.sub, label: labelOf(claims) },
    ...namesOf(claims),
    email: address.email,
    emailBelieved: address.believed,
  });
}
