import type { output, ZodType } from "zod";
import { Fault } from "../kernel/faults.ts";
import { describeMistake } from "../kernel/mistake.ts";
import { mediaTypeOf, readBody } from "./body.ts";

export interface JsonOptions {
  /** @default 65536 */
  maxBytes?: number;
  /** How many arrays and objects may stand inside each other. @default 16 */
  maxDepth?: number;
}

/** One mistake in a body, as 422 answers list it; found as `issues` in the fields of the Fault. */
export interface Issue {
  loc: (string | number)[];
  msg: string;
  type: string;
}

/**
 * The body as the schema reads it.
 * @throws Fault `validation_failed` with `fields.issues`, and those of {@link readJsonText}.
 */
export async function readJson<S extends ZodType>(
  request: Request,
  schema: S,
  options: JsonOptions = {},
): Promise<output<S>> {
  const { text, value } = await readJsonText(request, options);
  // No database stores a NUL. As an escape it is never wanted; a backslash before it would be, but not in a registry.
  if (text.includes("\\u0000")) throw new Fault("invalid_request", "The body holds a NUL character.");
  const result = schema.safeParse(value, { error: describeMistake });
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue): Issue => ({
      loc: ["body", ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))],
      msg: issue.message,
      type: issue.code ?? "invalid",
    }),
  );
  throw new Fault("validation_failed", issues.map(describeIssue).join("; "), { fields: { issues } });
}

/**
 * The body as it was written and as JSON reads it.
 * @throws Fault `unsupported_media_type`, `payload_too_large`; `invalid_request` when it is no JSON, nested too deeply, or
 * holds too many values.
 */
export async function readJsonText(
  request: Request,
  { maxBytes = 65_536, maxDepth = 16 }: JsonOptions = {},
): Promise<{ text: string; value: unknown }> {
  if (mediaTypeOf(request) !== "application/json") {
    throw new Fault("unsupported_media_type", "The body must be application/json.");
  }
  const text = await readBody(request, maxBytes);
  if (hasTooManyValues(text)) throw new Fault("invalid_request", "The body holds too many values.");
  const value = parse(text);
  if (isDeeperThan(value, maxDepth)) throw new Fault("invalid_request", "The body is nested too deeply.");
  return { text, value };
}

/** A few long texts are read in no time; millions of small values would hold up everybody else. */
const mostValues = 200_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

/** Judged before it is parsed, by the signs between texts; what stands in texts is passed over. */
function hasTooManyValues(text: string): boolean {
  if (text.length <= mostValues) return false;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === quote) at = endOfText(text, at);
    else if ((sign === comma || sign === openBracket || sign === openBrace) && ++values > mostValues) return true;
  }
  return false;
}

/** Most texts have no escaped quote, and their end is found in one leap. */
function endOfText(text: string, start: number): number {
  const end = text.indexOf('"', start + 1);
  if (end === -1) return text.length;
  if (text.charCodeAt(end - 1) !== backslash) return end;
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === backslash) at++;
    else if (sign === quote) return at;
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold secrets.
    throw new Fault("invalid_request", "The body is not JSON.");
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}

function describeIssue({ loc, msg }: Issue): string {
  const place = loc.slice(1).join(".");
  return `${place || "The body"}: ${msg}`;
}
