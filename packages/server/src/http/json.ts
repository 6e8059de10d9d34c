import type { output, ZodType } from "zod";
import { Fault } from "../kernel/faults.ts";
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
  const result = schema.safeParse(value);
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
 * @throws Fault `unsupported_media_type`, `payload_too_large`; `invalid_request` when it is no JSON or nested too deeply.
 */
export async function readJsonText(
  request: Request,
  { maxBytes = 65_536, maxDepth = 16 }: JsonOptions = {},
): Promise<{ text: string; value: unknown }> {
  if (mediaTypeOf(request) !== "application/json") {
    throw new Fault("unsupported_media_type", "The body must be application/json.");
  }
  const text = await readBody(request, maxBytes);
  const value = parse(text);
  if (isDeeperThan(value, maxDepth)) throw new Fault("invalid_request", "The body is nested too deeply.");
  return { text, value };
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
  return place === "" ? msg : `${place}: ${msg}`;
}
