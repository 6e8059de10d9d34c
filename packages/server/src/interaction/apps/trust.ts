import {
  type App,
  changeLogo,
  domainProof,
  dropDomain,
  fetchPicture,
  findDomain,
  logoMaxBytes,
  readDomain,
  startDomain,
  verifyDomain,
} from "../../apps/index.ts";
import { inTx } from "../../context.ts";
import { createRateLimiter, rateLimited } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler, Route } from "../../http/table.ts";
import { isLoopbackHost } from "../../kernel/url.ts";
import { paintLogo } from "../../pictures/index.ts";
import type { Desk } from "../desk.ts";
import { appAddress } from "../pages/app-frame.ts";
import { type AppTrustProps, renderAppTrust } from "../pages/app-trust.ts";
import { type AppForm, type AppVisit, appChange, appPage, appUpload, headOf, signInAgain, tokenOf } from "./access.ts";

/** By these people recognise the app. */
const sensitive: AppForm = { tab: "trust", by: "manager", afterRecentSignIn: true };
const harmless: AppForm = { ...sensitive, afterRecentSignIn: false };
const picture = { fileName: "picture", maxBytes: logoMaxBytes };
const doneWords = ["verified", "dropped", "logo", "removed"] as const;

/** Looking asks strangers' servers, and drawing costs. */
const lookLimit = { attempts: 10, seconds: 60 };

/** The domain and the logo of an app. */
export function appTrustRoutes(desk: Desk): Route[] {
  const show = appPage(desk, (visit) =>
    trustPage(desk, visit, { done: doneWords.find((word) => word === visit.query.get("done")) }),
  );
  const post = (path: string, handler: Handler): Route => ({
    method: "POST",
    path: `/account/apps/trust/${path}`,
    shape: "page",
    handler,
  });
  return [
    { method: "GET", path: "/account/apps/trust", shape: "page", handler: show },
    ...Object.entries(domainForms(desk)).map(([path, handler]) => post(path, handler)),
    ...Object.entries(logoForms(desk)).map(([path, handler]) => post(path, handler)),
  ];
}

function domainForms(desk: Desk): Record<string, Handler> {
  const { ctx } = desk;
  const looks = createRateLimiter({ clock: ctx.clock, ...lookLimit });
  return {
    domain: appChange(desk, sensitive, async (visit) => {
      const { visitor, app, form } = visit;
      const written = form.get("domain")?.trim() ?? "";
      const name = readDomain(written);
      if (name === undefined) return trustPage(desk, visit, { fault: "domain", written });
      const started = await inTx(ctx, (tx) => startDomain(tx, app.id, name, visitor.user.id));
      if (!started.ok && started.why === "elsewhere") return trustPage(desk, visit, { fault: "elsewhere", written });
      return redirect(appAddress("trust", app));
    }),
    verify: appChange(desk, harmless, async (visit) => {
      const { visitor, app } = visit;
      const wait = looks.attempt(app.id);
      if (wait > 0) throw rateLimited(wait);
      const verdict = await verifyDomain(ctx, app.id, visitor.user.id);
      if (verdict.ok) return redirect(appAddress("trust", app, "&done=verified"));
      const { why } = verdict;
      return why === "closed" || why === "not_asked"
        ? redirect(appAddress("trust", app))
        : trustPage(desk, visit, { fault: why });
    }),
    drop: appChange(desk, harmless, async ({ visitor, app }) => {
      await inTx(ctx, (tx) => dropDomain(tx, app.id, visitor.user.id));
      return redirect(appAddress("trust", app, "&done=dropped"));
    }),
  };
}

function logoForms(desk: Desk): Record<string, Handler> {
  const { ctx } = desk;
  const changes = createRateLimiter({ clock: ctx.clock, ...lookLimit });
  const countChange = ({ id }: App) => {
    const wait = changes.attempt(id);
    if (wait > 0) throw rateLimited(wait);
  };
  const hang = async ({ visitor, app }: AppVisit, drawn: Uint8Array | null) => {
    await inTx(ctx, (tx) => changeLogo(tx, app.id, drawn, visitor.user.id));
    return redirect(appAddress("trust", app, `&done=${drawn ? "logo" : "removed"}`));
  };
  return {
    logo: appUpload(desk, sensitive, picture, async (visit) => {
      countChange(visit.app);
      const drawn = visit.file && (await paintLogo(visit.file));
      return drawn ? hang(visit, drawn) : trustPage(desk, visit, { fault: "picture" });
    }),
    "logo-address": appChange(desk, sensitive, async (visit) => {
      countChange(visit.app);
      const written = visit.form.get("logo_address")?.trim() ?? "";
      const found = await fetchPicture(ctx, written);
      if (!found.ok) return trustPage(desk, visit, { fault: "address", written });
      const drawn = await paintLogo(found.bytes);
      return drawn ? hang(visit, drawn) : trustPage(desk, visit, { fault: "address_picture", written });
    }),
    "logo-remove": appChange(desk, sensitive, (visit) => hang(visit, null)),
  };
}

async function trustPage(
  desk: Desk,
  { visitor, app, role }: AppVisit,
  more: Pick<AppTrustProps, "fault" | "written" | "done">,
): Promise<Response> {
  const asked = await findDomain(desk.ctx, app.id);
  const markup = renderAppTrust(desk.frame(visitor), {
    person: visitor.person,
    csrf: tokenOf(desk, visitor, "trust"),
    app: await headOf(desk, app, role),
    domain: asked?.domain
      ? { name: asked.domain, verified: asked.verifiedAt !== null, ...domainProof(app.id, asked.domain) }
      : undefined,
    suggestion: suggestionFor(app),
    signInAgain: signInAgain(desk, visitor, "trust", app),
    ...more,
  });
  return desk.page(markup, { status: more.fault ? 400 : 200 });
}

/** Most apps live where their homepage or their first public address does. */
function suggestionFor({ homepageUrl, redirectUris }: App): string {
  const hosts = [...(homepageUrl === null ? [] : [homepageUrl]), ...redirectUris].map((uri) => new URL(uri).hostname);
  return hosts.find((host) => !isLoopbackHost(host)) ?? "";
}
