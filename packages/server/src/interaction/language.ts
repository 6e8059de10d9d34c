import { inTx } from "../context.ts";
import { type Form, readForm } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Route } from "../http/table.ts";
import { openRequest, sealRequest } from "../oauth/index.ts";
import { setLocale } from "../people/index.ts";
import { findLanguage, type Language } from "../ui/index.ts";
import { barPurpose, type Desk } from "./desk.ts";

const path = "/language";
const cookieSeconds = 400 * 86_400;
const longestAddress = 8192;

/** The choice in the foot of every page: for this browser, for the account if it has a language, and for the request that waits. */
export function languageRoutes(desk: Desk): Route[] {
  return [
    {
      method: "POST",
      path,
      shape: "page",
      handler: async (browser) => {
        const form = await readForm(browser);
        const back = pageOf(form.get("next"));
        const language = findLanguage([form.get("language") ?? ""]);
        if (!language) return redirect(back);
        await tellAccount(desk, browser, form, language);
        return redirect(inLanguage(desk, browser, back, language), [
          desk.cookies.write("language", language, cookieSeconds),
        ]);
      },
    },
  ];
}

/** A page of ours, by path and query; for anything else, the account. */
function pageOf(next: string | undefined): string {
  const isOwn = next !== undefined && next.length <= longestAddress && /^\/(?![/\\])[\x21-\x7e]*$/.test(next);
  return isOwn ? next : "/account";
}

/** An account without a language of its own follows the browser. Its language is changed only by a form that was shown to it. */
async function tellAccount(desk: Desk, browser: Request, form: Form, language: Language): Promise<void> {
  const visitor = await desk.findVisitor(browser);
  if (!visitor || visitor.user.locale === null || findLanguage([visitor.user.locale]) === language) return;
  const { user, session } = visitor;
  desk.csrf.check(browser, form, { purpose: barPurpose, binding: session.id });
  await inTx(desk.ctx, (tx) => setLocale(tx, user.id, language));
}

/** What the app asked for is stronger than a cookie, so the choice is written into the request itself. */
function inLanguage(desk: Desk, browser: Request, back: string, language: Language): string {
  const { sealer, cookies, ctx } = desk;
  const url = URL.parse(back, ctx.config.issuer);
  const sealed = url?.searchParams.get("request");
  const mark = cookies.read(browser, "browser");
  if (!url || !sealed || mark === undefined) return back;
  const opened = openRequest(sealer, sealed, mark, ctx.clock.now());
  if (!opened.ok || opened.request.uiLocales === null) return back;
  url.searchParams.set("request", sealRequest(sealer, { ...opened.request, uiLocales: language }, mark, opened.shown));
  // Dots are resolved by now: what was `/.//host` would lead to that host.
  return pageOf(url.pathname + url.search);
}
