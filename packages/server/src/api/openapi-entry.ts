import type { ZodObject, ZodType } from "zod";
import type { FaultCode } from "../kernel/faults.ts";
import type { Method } from "./operation.ts";

/** One way to prove who calls: names of security schemes, all of which are needed, each with its scopes. */
export type Credentials = Record<string, readonly string[]>;

/** What an answer carries: media type → schema; null where a schema says nothing, as of a page. */
export type Content = Record<string, ZodType | null>;

/** One operation as the document tells it, whoever answers it. */
export interface Entry {
  method: Method;
  path: string;
  tag: string;
  summary: string;
  description?: string | undefined;
  /** Any one of them will do; none for what is public. */
  credentials: readonly Credentials[];
  query?: ZodObject | undefined;
  body?: { content: Content; required: boolean } | undefined;
  answers: Record<number, { description: string; content: Content }>;
  /** In which words refusals are spoken. */
  shape: "detail" | "oauth" | "openai" | "page";
  refusals: readonly FaultCode[];
}

export function json(schema: ZodType): Content {
  return { "application/json": schema };
}

/** The usual answer, 200. */
export function answer(schema: ZodType): Entry["answers"] {
  return { 200: { description: "Done", content: json(schema) } };
}
