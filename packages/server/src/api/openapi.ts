import type { ZodType } from "zod";
import type { Ctx } from "../context.ts";
import { allowOrigin } from "../http/cors.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { browserEntries } from "./openapi-browser.ts";
import { describeCredentials } from "./openapi-credentials.ts";
import type { Content, Entry } from "./openapi-entry.ts";
import { gatewayEntries } from "./openapi-gateway.ts";
import { protocolEntries } from "./openapi-protocol.ts";
import { describeRefusals, refusalSchemas } from "./openapi-refusals.ts";
import { describeOperation } from "./openapi-registry.ts";
import { createSchemas, type Schemas } from "./openapi-schemas.ts";
import type { Operation } from "./operation.ts";

/** Everything this platform answers to programs. */
export function listEntries(operations: readonly Operation[]): Entry[] {
  return [...protocolEntries(), ...browserEntries(), ...operations.map(describeOperation), ...gatewayEntries()];
}

/** The document of OpenAPI 3.1 that tells all of it. */
export function describeApi(ctx: Ctx, operations: readonly Operation[]): Record<string, unknown> {
  const { issuer, brand } = ctx.config;
  const schemas = createSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const entry of listEntries(operations)) {
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: describeEntry(entry, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: { title: brand.name, version: "1", description: introduction },
    servers: [{ url: issuer }],
    paths,
    components: {
      securitySchemes: describeCredentials(ctx),
      schemas: { ...schemas.named, ...refusalSchemas },
    },
  };
}

const introduction =
  "Sign-in, the registry of apps, the account, and models on the bill of whoever allowed it. " +
  "Refusals say {detail}; 422 lists one entry for each field. Pages are counted from zero.";

function describeEntry(entry: Entry, schemas: Schemas): Record<string, unknown> {
  const { method, path, tag, summary, description, credentials, query, body, answers } = entry;
  const told = Object.entries(answers).map(([status, { description, content }]) => [
    status,
    { description, content: writeContent(content, schemas.answered) },
  ]);
  return {
    operationId: nameOf(method, path),
    tags: [tag],
    summary,
    description,
    security: credentials,
    parameters: [...pathParameters(path), ...(query ? queryParameters(schemas.sent(query)) : [])],
    ...(body && { requestBody: { required: body.required, content: writeContent(body.content, schemas.sent) } }),
    responses: { ...Object.fromEntries(told), ...describeRefusals(entry) },
  };
}

function writeContent(content: Content, write: (schema: ZodType) => Record<string, unknown>) {
  const written = Object.entries(content).map(([type, schema]) => [type, schema ? { schema: write(schema) } : {}]);
  return Object.fromEntries(written);
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true },
    schema: { type: "string" },
  }));
}

function queryParameters({ properties, required = [] }: { properties?: unknown; required?: unknown }) {
  return Object.entries(properties as Record<string, unknown>).map(([name, schema]) => ({
    ...{ name, in: "query", required: (required as string[]).includes(name) },
    schema,
  }));
}

/** `GET /users/me/keys/{key_id}` → `getUsersMeKeysKeyId`. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return [method.toLowerCase(), ...words.map((word) => word[0]!.toUpperCase() + word.slice(1))].join("");
}

/** Serves the document, written at the first request. */
export function serveOpenApi(ctx: Ctx, operations: readonly Operation[]): (request: Request) => Response {
  let text: string | undefined;
  let headers: Record<string, string> = {};
  return (request) => {
    if (text === undefined) {
      text = JSON.stringify(describeApi(ctx, operations));
      const etag = `"${sha256Base64Url(text)}"`;
      headers = { "content-type": "application/json", "cache-control": "public, max-age=300", vary: "origin", etag };
    }
    const known = request.headers.get("if-none-match") === headers.etag;
    return allowOrigin(request, new Response(known ? null : text, { status: known ? 304 : 200, headers }));
  };
}
