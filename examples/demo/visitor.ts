/** A browser without eyes: keeps cookies per host, follows redirects, fills in forms. For `verify.ts`. */
export interface Page {
  url: URL;
  status: number;
  html: string;
}

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const redirectsMax = 10;

export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(address: string | URL, init: RequestInit = {}): Promise<Page> {
    let url = new URL(address);
    let response = await this.fetch(url, init);
    for (let left = redirectsMax; response.status >= 300 && response.status < 400; left--) {
      if (left === 0) throw new Error(`too many redirects at ${url}`);
      url = new URL(response.headers.get("location")!, url);
      response = await this.fetch(url);
    }
    return { url, status: response.status, html: await response.text() };
  }

  /** Sends the form that posts to `action` as the page filled it in, with `values` written over it. */
  submit(page: Page, action: string, values: Record<string, string> = {}): Promise<Page> {
    const form = page.html
      .match(/<form[\s\S]*?<\/form>/g)
      ?.find((each) => attributeOf(each, "action")?.startsWith(action));
    if (!form) throw new Error(`no form for ${action} at ${page.url} (status ${page.status})`);
    const body = new URLSearchParams(fieldsOf(form).filter(([name]) => values[name] === undefined));
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    return this.open(new URL(attributeOf(form, "action")!, page.url), { method: "POST", body });
  }

  /** One request, as this visitor, without following anything. */
  async fetch(url: URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.#cookies.get(url.hostname) ?? new Map<string, string>();
    this.#cookies.set(url.hostname, jar);
    const headers = new Headers(init.headers);
    headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    if (init.method === "POST") headers.set("origin", url.origin);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/max-age=0\b/i.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }
}

/** The address of the link whose words are `words`. */
export function linkOf(page: Page, words: string): URL {
  const link = page.html.match(/<a [\s\S]*?<\/a>/g)?.find((each) => textOf(each).includes(words));
  if (!link) throw new Error(`no link "${words}" at ${page.url} (status ${page.status})`);
  return new URL(attributeOf(link, "href")!, page.url);
}

/** The words of some markup. */
export function textOf(markup: string): string {
  return decode(markup.replace(/<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

/** What a form holds as it was sent: inputs, ticks and the chosen options. */
function fieldsOf(form: string): [name: string, value: string][] {
  const inputs = (form.match(/<input[^>]*>/g) ?? []).filter(
    (input) => !/type="(?:checkbox|radio)"/.test(input) || /\schecked/.test(input),
  );
  const selects = (form.match(/<select[\s\S]*?<\/select>/g) ?? []).map((select): [string, string] => {
    const options = select.match(/<option[^>]*>/g) ?? [];
    const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0] ?? "";
    return [attributeOf(select, "name")!, attributeOf(chosen, "value") ?? ""];
  });
  return [
    ...inputs.map((input): [string, string] => [attributeOf(input, "name")!, attributeOf(input, "value") ?? ""]),
    ...selects,
  ];
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decode(value);
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity]!);
}
