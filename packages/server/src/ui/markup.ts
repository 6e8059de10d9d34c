import { raw, html as template } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** HTML that is already escaped. Every other string is escaped when it enters a template. */
export type Markup = HtmlEscapedString;

export type Content = Markup | string | number | false | null | undefined | readonly Content[];

/** The template of every page: values are escaped unless they are `Markup`; false, null and undefined leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  // The library answers with a promise only for promised values, which `Content` does not admit.
  return template(strings, ...values) as Markup;
}

/** Text of our own source that is markup already. Never for anything a stranger can write. */
export function trusted(source: string): Markup {
  return raw(source);
}

/** An attribute with its leading space, or nothing: `true` gives the bare name. */
export function attribute(name: string, value: string | number | boolean | undefined): Markup | undefined {
  if (value === undefined || value === false) return undefined;
  return value === true ? trusted(` ${name}`) : html` ${trusted(name)}="${value}"`;
}
