/** A browser without scripts: keeps cookies, fills in forms as they stand on the page, follows nothing by itself. */

export interface Page {
  url: URL;
  status: number;
  headers: Headers;
  text: string;
  title: string;
  /** Where the answer leads, resolved; null when it stays here. */
  location: URL | null;
}

export interface Browser {
  readonly cookies: Map<string, string>;
  open(url: string | URL): Promise<Page>;
  /** Goes on as long as answers lead to this origin. */
  follow(page: Page): Promise<Page>;
  /**
   * Sends the form whose action is `action`, with what stands in it; `values` overwrite, null leaves out, and the pressed
   * button is one of the values.
   */
  submit(page: Page, action: string, values?: Values, headers?: Record<string, string>): Promise<Page>;
}

export type Values = Record<string, string | readonly string[] | null>;

/** @param fetch answers a request, without following redirects */
export function createBrowser(fetch: (request: Request) => Response | Promise<Response>, origin: string): Browser {
  const cookies = new Map<string, string>();

  async function send(url: URL, init: RequestInit = {}): Promise<Page> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new Request(url, { ...init, headers, redirect: "manual" }));
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    const text = await response.text();
    const location = response.headers.get("location");
    return {
      url,
      status: response.status,
      headers: response.headers,
      text,
      title: /<title>(.*?)<\/title>/s.exec(text)?.[1] ?? "",
      location: location === null ? null : new URL(location, url),
    };
  }

  function keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split("; ");
    const equals = pair.indexOf("=");
    if (attributes.includes("Max-Age=0")) cookies.delete(pair.slice(0, equals));
    else cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
  }

  return {
    cookies,
    open: (url) => send(new URL(url, origin)),
    async follow(page) {
      let at = page;
      while (at.location?.origin === origin) at = await send(at.location);
      return at;
    },
    submit(page, action, values = {}, headers = {}) {
      const body = new URLSearchParams(fieldsOf(page.text, action).filter(([name]) => !(name in values)));
      for (const [name, value] of Object.entries(values)) {
        for (const each of value === null ? [] : [value].flat()) body.append(name, each);
      }
      return send(new URL(action, page.url), {
        method: "POST",
        body,
        headers: { origin: "null", "sec-fetch-site": "same-origin", ...headers },
      });
    },
  };
}

function fieldsOf(text: string, action: string): [string, string][] {
  const form = [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].find(
    ([, attributes]) => attributesOf(attributes!).action === action,
  );
  if (!form) throw new Error(`there is no form with the action ${action}`);
  const inputs = [...form[2]!.matchAll(/<input\b([^>]*)>/g)].map(([, attributes]) => attributesOf(attributes!));
  const sent = inputs.filter(
    (input) => input.name && (!/^(?:checkbox|radio)$/.test(input.type ?? "") || "checked" in input),
  );
  const selects = [...form[2]!.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)].map(([, attributes, options]) => {
    const all = [...options!.matchAll(/<option\b([^>]*)>/g)].map(([, option]) => attributesOf(option!));
    const chosen = all.find((option) => "selected" in option) ?? all[0];
    return [attributesOf(attributes!).name ?? "", chosen?.value ?? ""] as [string, string];
  });
  const areas = [...form[2]!.matchAll(/<textarea\b([^>]*)>\n?(.*?)<\/textarea>/gs)].map(
    ([, attributes, value]) => [attributesOf(attributes!).name ?? "", decode(value!)] as [string, string],
  );
  return [...sent.map(({ name, value }) => [name!, value ?? ""] as [string, string]), ...selects, ...areas];
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, decode(value ?? "")]));
}

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity]!);
}
