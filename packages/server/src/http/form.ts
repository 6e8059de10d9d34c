import { Fault } from "../kernel/faults.ts";
import { mediaTypeOf, readBody } from "./body.ts";

/** Parameters of a query or form. One sent without a value counts as not sent (RFC 6749 3.1). */
export interface Form {
  get(name: string): string | undefined;
  /** Every value of a parameter that may be repeated, in order. */
  all(name: string): readonly string[];
}

export interface FormOptions {
  /** @default 65536 */
  maxBytes?: number;
  /** Parameters that may be sent more than once, such as ticked boxes. @default none */
  repeatable?: readonly string[];
}

const nothing: readonly string[] = [];

/**
 * The form in the body of a request.
 * @throws Fault `invalid_request` for another content type, a repeated parameter, broken percent-encoding or text that is
 * no UTF-8; `payload_too_large`.
 */
export async function readForm(request: Request, options: FormOptions = {}): Promise<Form> {
  if (mediaTypeOf(request) !== "application/x-www-form-urlencoded") {
    throw new Fault("invalid_request", "The body must be application/x-www-form-urlencoded.");
  }
  return parse(await readBody(request, options.maxBytes ?? 65_536), options.repeatable ?? nothing);
}

/**
 * The parameters of a query, given without its question mark.
 * @throws Fault `invalid_request` for a repeated parameter, broken percent-encoding or text that is no UTF-8.
 */
export function readQuery(query: string, repeatable: readonly string[] = nothing): Form {
  return parse(query, repeatable);
}

function parse(text: string, repeatable: readonly string[]): Form {
  const values = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormText(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decodeFormText(pair.slice(equals + 1));
    if (name === undefined || value === undefined) {
      throw new Fault("invalid_request", "A parameter is not percent-encoded UTF-8 text.");
    }
    const earlier = values.get(name);
    if (!earlier) values.set(name, [value]);
    else if (repeatable.includes(name)) earlier.push(value);
    else throw new Fault("invalid_request", "A parameter was sent more than once.");
  }
  return {
    get: (name) => values.get(name)?.[0] || undefined,
    all: (name) => values.get(name)?.filter((value) => value !== "") ?? nothing,
  };
}

/** One name or value of `application/x-www-form-urlencoded`; undefined when it is broken. No database stores a NUL. */
export function decodeFormText(text: string): string | undefined {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  try {
    const decoded = spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
    return decoded.includes("\0") ? undefined : decoded;
  } catch {
    return undefined;
  }
}
