import { inTx } from "../../context.ts";
import { readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { deviceName, endOtherSessions, endOwnSession, listSecurityEvents, listSessions } from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { renderSessions, sessionsPath } from "../pages/sessions.ts";
import { signedIn, submitted } from "./signed-in.ts";

const purpose = "sessions";
const eventsShown = 25;

/** Where somebody is signed in, with the way to end it, and what happened to the account. */
export function sessionRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(visitor: Visitor, before: string | undefined, ended: string | undefined): Promise<Response> {
    const { user, session, person } = visitor;
    const sessions = await listSessions(ctx, user.id, session.id);
    const events = await listSecurityEvents(ctx, { userId: user.id, before, limit: eventsShown + 1 });
    const markup = renderSessions(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      sessions: sessions
        .map(({ userAgent, ...shown }) => ({ ...shown, device: deviceName(userAgent) }))
        .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent)),
      events: events.slice(0, eventsShown),
      older: events.length > eventsShown ? events[eventsShown - 1]?.id : undefined,
      turned: before !== undefined,
      ended: ended === "one" || ended === "others" ? ended : undefined,
    });
    return desk.page(markup);
  }

  return [
    {
      method: "GET",
      path: sessionsPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => {
        const asked = readQuery(info.query);
        return show(visitor, asked.get("before"), asked.get("ended"));
      }),
    },
    {
      method: "POST",
      path: `${sessionsPath}/end`,
      shape: "page",
      handler: submitted(desk, purpose, sessionsPath, async ({ visitor, form }) => {
        const ended = await inTx(ctx, (tx) => endOwnSession(tx, visitor.user.id, form.get("session") ?? ""));
        return redirect(ended ? `${sessionsPath}?ended=one` : sessionsPath);
      }),
    },
    {
      method: "POST",
      path: `${sessionsPath}/end-others`,
      shape: "page",
      handler: submitted(desk, purpose, sessionsPath, async ({ visitor }) => {
        await inTx(ctx, (tx) => endOtherSessions(tx, visitor.user.id, visitor.session.id));
        return redirect(`${sessionsPath}?ended=others`);
      }),
    },
  ];
}
