import { z } from "zod";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { endOtherSessions, endOwnSession, listSessions, type ShownSession } from "../people/index.ts";
import { type Operation, operation } from "./operation.ts";

const session = z
  .object({
    session_id: z.string(),
    current: z.boolean().meta({ description: "Whether this call was made with it" }),
    authentication_methods: z.array(z.string()).meta({ description: "RFC 8176" }),
    user_agent: z.string().nullable(),
    authenticated_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().meta({ description: "To the day" }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "Session" });

const anyOf = ["sessions:write"];

/** Where a user is signed in. What is ended is refused from the next request on: sessions are never remembered. */
export function sessionOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "GET",
      path: "/users/me/sessions",
      summary: "List the browsers you are signed in with",
      anyOf,
      answer: z.object({ items: z.array(session) }),
      handle: async ({ caller }) => ({
        items: (await listSessions(ctx, caller.userId, caller.session?.id)).map(render),
      }),
    }),
    operation({
      method: "DELETE",
      path: "/users/me/sessions",
      summary: "Sign out everywhere else",
      description: "Ends every session but the one of this call.",
      anyOf,
      answer: z.object({ ended: z.int() }),
      handle: async ({ caller: { userId, session } }) => ({
        ended: await inTx(ctx, (tx) => endOtherSessions(tx, userId, session?.id)),
      }),
    }),
    operation({
      method: "DELETE",
      path: "/users/me/sessions/{session_id}",
      summary: "End a session",
      anyOf,
      answer: z.object({ session_id: z.string(), ended: z.literal(true) }),
      async handle({ caller: { userId }, params: { session_id } }) {
        const ended = await inTx(ctx, (tx) => endOwnSession(tx, userId, session_id));
        if (!ended) throw new Fault("not_found", "Session not found");
        return { session_id, ended: true as const };
      },
    }),
  ];
}

function render({ id, isCurrent, amr, userAgent, ...times }: ShownSession): z.input<typeof session> {
  return {
    session_id: id,
    current: isCurrent,
    authentication_methods: amr,
    user_agent: userAgent,
    authenticated_at: new Date(times.authenticatedAt).toISOString(),
    created_at: new Date(times.createdAt).toISOString(),
    last_used_at: new Date(times.lastUsedAt).toISOString(),
    expires_at: new Date(times.expiresAt).toISOString(),
  };
}
