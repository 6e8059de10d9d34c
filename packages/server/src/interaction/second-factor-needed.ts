import { readForm, readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { faultUrl, type Prompt } from "../oauth/index.ts";
import { listPasskeys } from "../people/index.ts";
import { requestingApp } from "./app-face.ts";
import type { Desk } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import type { Onward } from "./onward.ts";
import { renderSecondFactorNeeded, secondFactorNeededPath } from "./pages/second-factor-needed.ts";

const purpose = "second-factor-needed";

/** Where somebody with one factor comes to whose app asks for two (RFC 9470 5): the way to a second one, and the way back. */
export function createSecondFactorNeededRoutes(desk: Desk, onward: Onward): Route[] {
  const { ctx, csrf } = desk;

  const show: Handler = async (browser, info) => {
    const sealed = readQuery(info.query).get("request") ?? "";
    const carried = await onward.open(sealed, browser);
    if (!carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const visitor = await desk.findVisitor(browser);
    const standing = { ...carried, visitor };
    const step = await onward.nextStep(standing);
    if (step.step !== "second_factor" || !visitor) return onward.take(step, standing, browser, { sealed });
    const markup = renderSecondFactorNeeded(desk.frame(visitor), {
      person: visitor.person,
      csrf: csrf.token({ purpose, binding: visitor.session.id }),
      request: sealed,
      app: requestingApp(carried),
      hasPasskey: (await listPasskeys(ctx, visitor.user.id)).length > 0,
    });
    return desk.page(markup, { ownForms: false });
  };

  const answer: Handler = async (browser, info) => {
    const form = await readForm(browser);
    const visitor = await desk.findVisitor(browser);
    csrf.check(browser, form, { purpose, binding: visitor?.session.id ?? "" });
    const carried = await onward.open(form.get("request") ?? "", browser);
    if (!carried.ok) return fatalPage(desk, carried.reason, info, browser);
    if (form.get("decision") === "passkey") {
      const prompt: Prompt[] = [...carried.request.prompt, "login"];
      const request = { ...carried.request, prompt, receivedAt: ctx.clock.now() };
      return onward.take({ step: "sign_in" }, { ...carried, request, visitor }, browser);
    }
    const refusal = { code: "unmet_authentication_requirements", description: "The user has no second factor" };
    return redirect(faultUrl(carried.request, ctx.config.issuer, refusal));
  };

  return [
    { method: "GET", path: secondFactorNeededPath, shape: "page", handler: show },
    { method: "POST", path: secondFactorNeededPath, shape: "page", handler: answer },
  ];
}
