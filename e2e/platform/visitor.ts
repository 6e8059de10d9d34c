import { type Browser, createBrowser, type Page } from "../../packages/server/src/testing/browser.ts";

export interface Visitor {
  browser: Browser;
  /** From the authorization request to the answer: signs in where asked, and presses one button on the consent page. */
  answer(authorization: URL, decision?: "allow" | "deny" | "identity", values?: Values): Promise<URL>;
}

type Values = Record<string, string | string[] | null>;

/** Somebody with an account, in a browser without scripts, over real HTTP. */
export function createVisitor(issuer: string, username: string, password: string): Visitor {
  const browser = createBrowser((request) => fetch(request), issuer);
  const signIn = async (page: Page) =>
    page.url.pathname === "/idp/login"
      ? browser.follow(await browser.submit(page, "/idp/login", { login: username, password }))
      : page;
  return {
    browser,
    async answer(authorization, decision = "allow", values = {}) {
      let page = await signIn(await browser.follow(await browser.open(authorization)));
      if (page.url.pathname === "/idp/authorize/consent") {
        page = await browser.follow(await browser.submit(page, "/idp/authorize/consent", { decision, ...values }));
      }
      if (page.location) return page.location;
      throw new Error(`no answer, but ${page.status} "${page.title}" at ${page.url.pathname}`);
    },
  };
}
