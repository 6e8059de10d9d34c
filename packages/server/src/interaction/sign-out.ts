import { inTx } from "../context.ts";
import { type Form, readForm } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Route } from "../http/table.ts";
import { openEndSession } from "../oauth/index.ts";
import { endSession } from "../people/index.ts";
import { signInPath } from "./account/signed-in.ts";
import { barPurpose, type Desk } from "./desk.ts";
import { renderSignedOut, renderSignOut } from "./pages/sign-out.ts";

/** Signing out, and the "Not you?" in the bar, which signs out and goes on with what was asked. */
export function signOutRoutes(desk: Desk): Route[] {
  /** @throws Fault `forbidden` for a form that was not shown to this session. */
  async function end(request: Request, form: Form): Promise<string[]> {
    const visitor = await desk.findVisitor(request);
    if (!visitor) return [];
    desk.csrf.check(request, form, { purpose: barPurpose, binding: visitor.session.id });
    await inTx(desk.ctx, (tx) => endSession(tx, visitor.session.id));
    return [desk.cookies.clear("session")];
  }

  return [
    {
      method: "GET",
      path: "/sign-out",
      shape: "page",
      handler: async (request) => {
        const visitor = await desk.findVisitor(request);
        return desk.page(
          visitor ? renderSignOut(desk.frame(visitor), visitor.person) : renderSignedOut(desk.frame(request)),
        );
      },
    },
    {
      method: "POST",
      path: "/sign-out",
      shape: "page",
      handler: async (request) => {
        const form = await readForm(request);
        if (form.get("logout") !== "yes") return redirect("/account/connected");
        const { returnTo } = openEndSession(desk.sealer, form.get("request"));
        return redirect(returnTo ?? "/sign-out", await end(request, form));
      },
    },
    {
      method: "POST",
      path: "/account/switch",
      shape: "page",
      handler: async (request) => {
        const form = await readForm(request);
        const cookies = await end(request, form);
        return redirect(doorOf(form), cookies);
      },
    },
  ];
}

/** The door, with whatever waits behind it. */
function doorOf(form: Form): string {
  const request = form.get("request");
  if (request !== undefined) return `/idp/login?request=${encodeURIComponent(request)}`;
  const next = form.get("next");
  return next === undefined ? "/idp/login" : signInPath(next);
}
