import { inTx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import { isRecentlySignedIn, linkIdentity } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import { providersPath } from "../pages/linked-providers.ts";
import type { UpstreamRefusal } from "../pages/upstream-refused.ts";
import type { Arrival } from "./arrival.ts";
import { spendTicket } from "./ticket.ts";
import { labelOf } from "./upstream-claims.ts";

/** Both accounts are proven now: this one in the session that asked for it, the other one by the provider a moment ago. */
export async function linkByIdentity(
  desk: Desk,
  browser: Request,
  { provider, ticket, claims }: Arrival,
  refuse: (why: UpstreamRefusal) => Response,
): Promise<Response> {
  const { ctx } = desk;
  const visitor = await desk.findVisitor(browser);
  const { userId, sessionId } = ticket.link!;
  const isSame = visitor?.user.id === userId && visitor.session.id === sessionId;
  if (!isSame || !isRecentlySignedIn(ctx, visitor.session)) return refuse("session");
  const linked = await inTx(ctx, async (tx) => {
    if (!(await spendTicket(tx, ticket))) return { ok: false as const, why: "stale" as const };
    const { name } = provider.config;
    return linkIdentity(tx, { provider: provider.id, subject: claims.sub, userId, label: labelOf(claims), name });
  });
  if (!linked.ok && linked.why !== "linked") return refuse(linked.why);
  return redirect(`${providersPath}?linked=${provider.id}`);
}
