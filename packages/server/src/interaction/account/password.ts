import { changePassword } from "../../accounts/index.ts";
import { readQuery } from "../../http/form.ts";
import { createRateLimiter } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { PasswordHasher } from "../../kernel/password.ts";
import { findPasswordHash } from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type AccountPasswordProps, passwordPath, renderAccountPassword } from "../pages/account-password.ts";
import { passwordErrors } from "../password-errors.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "password";
/** Of somebody who found an open session; the owner signs in elsewhere meanwhile. */
const sessionLimit = { attempts: 10, seconds: 600 };

/** Changing the password takes the present one; setting the first one takes a sign-in of a moment ago. */
export function passwordRoutes(desk: Desk, hasher: PasswordHasher): Route[] {
  const { ctx } = desk;
  const sessions = createRateLimiter({ clock: ctx.clock, ...sessionLimit });

  async function show(visitor: Visitor, shown: Partial<AccountPasswordProps>): Promise<Response> {
    const { person, session, user } = visitor;
    const markup = renderAccountPassword(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      hasPassword: typeof (await findPasswordHash(ctx, user.id)) === "string",
      fresh: isRecentlySignedIn(ctx, session),
      ...shown,
    });
    const { problem } = shown;
    return desk.page(markup, { status: problem ? (problem.kind === "wait" ? 429 : 400) : 200 });
  }

  return [
    {
      method: "GET",
      path: passwordPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => {
        return show(visitor, { changed: readQuery(info.query).get("changed") !== undefined });
      }),
    },
    {
      method: "POST",
      path: passwordPath,
      shape: "page",
      handler: submitted(desk, purpose, passwordPath, async ({ visitor, form }) => {
        const { user, session } = visitor;
        const isFirst = (await findPasswordHash(ctx, user.id)) === null;
        if (isFirst && !isRecentlySignedIn(ctx, session)) return redirect(signInPath(passwordPath));
        const password = form.get("password") ?? "";
        if (password === "") return show(visitor, { problem: { kind: "password", error: "missing" } });
        const seconds = sessions.attempt(session.id);
        if (seconds > 0) return show(visitor, { problem: { kind: "wait", milliseconds: seconds * 1000 } });
        const change = { user, current: form.get("current") ?? "", password, keepSession: session.id };
        const verdict = await changePassword(ctx, hasher, change);
        if (verdict.ok) return redirect(`${passwordPath}?changed=1`);
        const { why } = verdict;
        if (why === "wrong" || why === "stale") return show(visitor, { problem: { kind: why } });
        return show(visitor, { problem: { kind: "password", error: passwordErrors[why] } });
      }),
    },
  ];
}
