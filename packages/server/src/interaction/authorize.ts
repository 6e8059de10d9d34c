import { readBody } from "../http/body.ts";
import { readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { type AuthorizeRequest, checkClient, checkRequest, faultUrl } from "../oauth/index.ts";
import { findSessionUser } from "../people/index.ts";
import type { Tokens } from "../tokens/index.ts";
import type { Desk } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import type { Onward } from "./onward.ts";

const path = "/idp/authorize";

/** Where apps send their users (RFC 6749 3.1). Reads only; nothing is stored until a person answers. */
export function createAuthorizeRoutes(desk: Desk, onward: Onward, { clients }: Pick<Tokens, "clients">): Route[] {
  const { ctx, cookies } = desk;

  const begin: Handler = async (browser, info) => {
    // A parameter given twice ends on a page: neither of its values may decide where an answer goes.
    const parameters = readQuery(info.query, ["resource"]);
    const client = await checkClient(ctx, clients, parameters);
    if (!client.ok) return fatalPage(desk, client.reason, info, browser);
    const { app, redirectUri } = client;
    let request: AuthorizeRequest;
    try {
      request = checkRequest(ctx, parameters, app, redirectUri);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const to = { redirectUri, state: parameters.get("state") ?? null };
      const { code, message: description, fields } = error;
      const uri = typeof fields.error_uri === "string" ? fields.error_uri : undefined;
      return redirect(faultUrl(to, ctx.config.issuer, { code, description, uri }));
    }
    const visitor = await findSessionUser(ctx, cookies.read(browser, "session"));
    const standing = { request, app, visitor };
    return onward.take(await onward.nextStep(standing), standing, browser);
  };

  return [
    { method: "GET", path, shape: "page", handler: begin },
    { method: "POST", path, shape: "page", handler: beginAgain },
  ];
}

/** Cookies do not come with a POST from another site, so the browser is asked to come once more (OIDC Core 3.1.2.1). */
async function beginAgain(browser: Request): Promise<Response> {
  const body = await readBody(browser, 8192);
  return redirect(`${path}?${new URLSearchParams(body)}`);
}
