import { inTx } from "../../context.ts";
import { type Form, readForm, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { endSession, findLeavingUser, type LeavingUser, takeDeletionBack } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import { ownPath } from "../own-path.ts";
import { leavingPath, renderLeaving } from "../pages/leaving.ts";
import { carryOn } from "../pages/sign-in.ts";
import { isRecentlySignedIn } from "./freshness.ts";

const purpose = "leaving";

/** The one page that is open to whoever signs in to an account that will be deleted. */
export function leavingRoutes(desk: Desk): Route[] {
  const { ctx, cookies, csrf } = desk;
  const find = (browser: Request) => findLeavingUser(ctx, cookies.read(browser, "session"));
  const waitingIn = (from: Form) => ({ request: from.get("request"), next: ownPath(from.get("next")) });

  function show(browser: Request, leaving: LeavingUser, from: Form, late = false): Response {
    const { sessionId, username, dueAt } = leaving;
    const token = csrf.token({ purpose, binding: sessionId });
    const props = { csrf: token, username, dueAt, late, ...waitingIn(from) };
    return desk.page(renderLeaving(desk.frame(browser), props), { status: late ? 409 : 200 });
  }

  return [
    {
      method: "GET",
      path: leavingPath,
      shape: "page",
      async handler(browser, info) {
        const leaving = await find(browser);
        return leaving ? show(browser, leaving, readQuery(info.query)) : redirect("/sign-in");
      },
    },
    {
      method: "POST",
      path: leavingPath,
      shape: "page",
      async handler(browser) {
        const form = await readForm(browser);
        const leaving = await find(browser);
        if (!leaving) return redirect("/sign-in");
        csrf.check(browser, form, { purpose, binding: leaving.sessionId });
        if (form.get("answer") !== "keep") {
          await inTx(ctx, (tx) => endSession(tx, leaving.sessionId));
          return redirect("/sign-out", [cookies.clear("session")]);
        }
        const onward = `/sign-in${carryOn(waitingIn(form))}`;
        if (!isRecentlySignedIn(ctx, leaving)) return redirect(onward);
        const kept = await inTx(ctx, (tx) => takeDeletionBack(tx, leaving.userId));
        return kept ? redirect(onward) : show(browser, leaving, form, true);
      },
    },
  ];
}
