import { type FaultCode, faults } from "../kernel/faults.ts";
import type { Entry } from "./openapi-entry.ts";

const text = { type: "string" };

/** The bodies of refusals, under the names by which operations refer to them. */
export const refusalSchemas = {
  Refusal: { type: "object", properties: { detail: text }, required: ["detail"] },
  ValidationRefusal: {
    type: "object",
    properties: {
      detail: {
        type: "array",
        items: {
          type: "object",
          properties: { loc: { type: "array", items: { type: ["string", "integer"] } }, msg: text, type: text },
          required: ["loc", "msg", "type"],
        },
      },
    },
    required: ["detail"],
  },
  OAuthError: {
    type: "object",
    properties: { error: text, error_description: text },
    required: ["error"],
  },
  GatewayError: {
    type: "object",
    properties: {
      error: {
        type: "object",
        properties: { message: text, type: text, param: { type: ["string", "null"] }, code: text },
        required: ["message", "type", "code"],
      },
    },
    required: ["error"],
  },
} as const;

const schemaOf = { detail: "Refusal", oauth: "OAuthError", openai: "GatewayError" } as const;

/** The refusals of an operation by status, each naming the codes it may stand for. */
export function describeRefusals({ shape, refusals }: Pick<Entry, "shape" | "refusals">): Record<string, unknown> {
  const codes = new Map<number, Set<FaultCode>>();
  for (const code of refusals) {
    const status = code === "validation_failed" && shape !== "detail" ? 400 : faults[code];
    codes.set(status, (codes.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...codes]
      .sort(([a], [b]) => a - b)
      .map(([status, meant]) => [status, { description: [...meant].join(", "), content: contentOf(shape, status) }]),
  );
}

function contentOf(shape: Entry["shape"], status: number): Record<string, unknown> {
  if (shape === "page") return { "text/html": {} };
  const name = shape === "detail" && status === 422 ? "ValidationRefusal" : schemaOf[shape];
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}
