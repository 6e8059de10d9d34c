import { inTx } from "../../context.ts";
import { createRateLimiter, rateLimited } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { PasswordHasher } from "../../kernel/password.ts";
import { findPasswordHash, isLastOperator } from "../../people/index.ts";
import { exportLimit, exportText, requestDeletion } from "../../personal-data/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type DeleteAccountProps, deletePath, renderDeleteAccount } from "../pages/delete-account.ts";
import { renderLeft } from "../pages/leaving.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "delete-account";
/** Of somebody who found an open session. */
const sessionLimit = { attempts: 10, seconds: 600 };

const statuses = { wrong: 400, wait: 429, last_operator: 409 } as const;

/** Taking everything along, which takes a sign-in of a moment ago, and the question before an account is deleted: it takes the password, or a sign-in of a moment ago. */
export function deleteAccountRoutes(desk: Desk, hasher: PasswordHasher): Route[] {
  const { ctx } = desk;
  const sessions = createRateLimiter({ clock: ctx.clock, ...sessionLimit });
  const exports = createRateLimiter({ clock: ctx.clock, ...exportLimit });

  async function show(visitor: Visitor, problem?: DeleteAccountProps["problem"]): Promise<Response> {
    const { person, session, user } = visitor;
    const markup = renderDeleteAccount(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      username: user.username,
      graceDays: ctx.config.accounts.deletionGraceDays,
      hasPassword: typeof (await findPasswordHash(ctx, user.id)) === "string",
      fresh: isRecentlySignedIn(ctx, session),
      isLastOperator: await isLastOperator(ctx, user),
      problem,
    });
    return desk.page(markup, { status: problem ? statuses[problem.kind] : 200 });
  }

  async function prove({ user, session }: Visitor, password: string): Promise<DeleteAccountProps["problem"] | "ok"> {
    const hash = await findPasswordHash(ctx, user.id);
    if (typeof hash !== "string") return "ok";
    const seconds = sessions.attempt(session.id);
    if (seconds > 0) return { kind: "wait", milliseconds: seconds * 1000 };
    return (await hasher.verify(hash, password)) ? "ok" : { kind: "wrong" };
  }

  return [
    { method: "GET", path: deletePath, shape: "page", handler: signedIn(desk, ({ visitor }) => show(visitor)) },
    {
      method: "POST",
      path: deletePath,
      shape: "page",
      handler: submitted(desk, purpose, deletePath, async ({ visitor, form }) => {
        const { user, session } = visitor;
        const hasPassword = typeof (await findPasswordHash(ctx, user.id)) === "string";
        if (!hasPassword && !isRecentlySignedIn(ctx, session)) return redirect(signInPath(deletePath));
        const proof = await prove(visitor, form.get("password") ?? "");
        if (proof !== "ok") return show(visitor, proof);
        const asked = await inTx(ctx, (tx) => requestDeletion(tx, user.id));
        if (!asked.ok) return asked.why === "asked" ? redirect("/sign-in") : show(visitor, { kind: asked.why });
        const markup = renderLeft(desk.frame(visitor), asked);
        return desk.page(markup, { cookies: [desk.cookies.clear("session")] });
      }),
    },
    {
      method: "GET",
      path: "/account/export",
      shape: "page",
      handler: signedIn(desk, ({ visitor: { user, session } }) => {
        // Not back to the file itself: it would leave its reader on the page of the sign-in.
        if (!isRecentlySignedIn(ctx, session)) return redirect(signInPath("/account/profile"));
        const seconds = exports.attempt(user.id);
        if (seconds > 0) throw rateLimited(seconds);
        return download(exportText(ctx, user.id), `${user.username}.json`);
      }),
    },
  ];
}

function download(text: AsyncIterable<string>, fileName: string): Response {
  const headers = {
    "content-type": "application/json",
    "content-disposition": `attachment; filename="${fileName.replace(/[^\w.-]/g, "_")}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  const encoder = new TextEncoder();
  const parts = text[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return?.();
    },
  });
  return new Response(body, { headers });
}
