import { inTx } from "../context.ts";
import { readForm, readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { openEndSession, paths, readEndSession, sealEndSession } from "../oauth/index.ts";
import { endSession } from "../people/index.ts";
import type { Tokens } from "../tokens/index.ts";
import type { Desk } from "./desk.ts";
import { renderSignedOut, renderSignOut } from "./pages/sign-out.ts";

const path = paths.endSession;

/**
 * Where apps send people who signed out of them (OpenID Connect RP-Initiated Logout 1.0). Only an ID token of the person
 * who is signed in ends the session at once; everybody else is asked (section 2), because any page can lead here.
 */
export function createLogoutRoutes(desk: Desk, tokens: Pick<Tokens, "readIdTokenHint">): Route[] {
  const { ctx, sealer, cookies } = desk;

  const leave: Handler = async (browser, info) => {
    const parameters = readQuery(info.query);
    const sealed = parameters.get("request");
    const wanted =
      sealed === undefined ? await readEndSession(ctx, tokens, parameters) : openEndSession(sealer, sealed);
    const { userId, returnTo } = wanted;
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return returnTo === null ? desk.page(renderSignedOut(desk.frame(browser))) : redirect(returnTo);
    if (userId === visitor.user.id) {
      await inTx(ctx, (tx) => endSession(tx, visitor.session.id));
      return redirect(returnTo ?? path, [cookies.clear("session")]);
    }
    const question = renderSignOut(desk.frame(visitor), visitor.person, sealEndSession(sealer, wanted));
    return desk.page(question, { ownForms: returnTo === null });
  };

  /** Cookies do not come with a form from another site, so the browser is asked to come once more. */
  const comeAgain: Handler = async (browser) => {
    const wanted = await readEndSession(ctx, tokens, await readForm(browser));
    return redirect(`${path}?request=${sealEndSession(sealer, wanted)}`);
  };

  return [
    { method: "GET", path, shape: "page", handler: leave },
    { method: "POST", path, shape: "page", handler: comeAgain },
  ];
}
