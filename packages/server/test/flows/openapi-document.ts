import { type ZodType, z } from "zod";
import type { Sent } from "./openapi-cases.ts";
import { headersFor, type World } from "./openapi-world.ts";

// biome-ignore lint/suspicious/noExplicitAny: a schema is whatever the document says.
export type Schema = Record<string, any>;

/** One operation, as a client that reads the document finds it. */
export interface Documented {
  name: string;
  method: string;
  path: string;
  security: Record<string, string[]>[];
  parameters: { name: string; in: "path" | "query"; required: boolean; schema: Schema }[];
  /** By media type. */
  sent: Record<string, Schema>;
  isSentRequired: boolean;
  /** By status, then by media type. */
  responses: Record<string, { content: Record<string, { schema?: Schema }> }>;
}

export interface Document {
  operations: Documented[];
  schemas: Record<string, Schema>;
  whole: Schema;
}

export async function readDocument({ platform }: World): Promise<Document> {
  const whole = (await (await platform.fetch("/openapi.json")).json()) as Schema;
  const operations = Object.entries<Schema>(whole.paths).flatMap(([path, methods]) =>
    Object.entries<Schema>(methods).map(([method, { security, parameters, requestBody, responses }]) => ({
      ...{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path },
      ...{ security, parameters, responses },
      sent: Object.fromEntries(
        Object.entries<Schema>(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
      ),
      isSentRequired: requestBody?.required === true,
    })),
  );
  return { operations, schemas: whole.components.schemas, whole };
}

/** The schema with what it refers to. */
export function checkerOf({ schemas }: Pick<Document, "schemas">, schema: Schema): ZodType {
  const text = JSON.stringify({ ...schema, $defs: schemas }).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}

/** The request that a client would send. */
export function requestFor(world: World, { method, path }: Documented, sent: Sent, raw: RequestInit = {}) {
  const params = { ...world.maya.ids, ...sent.params };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no ${name}`);
  const query = sent.query ? `?${new URLSearchParams(sent.query)}` : "";
  const headers: Record<string, string> = headersFor(world, sent.as ?? "key");
  let body: BodyInit | null = null;
  if (sent.body) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(sent.body);
  } else if (sent.form) {
    body = new URLSearchParams(sent.form);
  } else if (sent.bytes) {
    headers["content-type"] = sent.bytes.type;
    body = sent.bytes.content;
  }
  const init = { method, body, ...raw, headers: { ...headers, ...(raw.headers as Record<string, string>) } };
  return world.platform.fetch(filled + query, init);
}

/** Why the answer is not one of the document; undefined when it is. */
export async function findLie(document: Document, { name, responses }: Documented, response: Response) {
  const told = responses[response.status];
  if (!told) return `${name} answers ${response.status}, which is not documented: ${await response.text()}`;
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  if (Object.keys(told.content).length === 0) return undefined;
  const content = told.content[type];
  if (!content) return `${name} answers ${response.status} as ${type}`;
  if (!content.schema) return undefined;
  const read = checkerOf(document, content.schema).safeParse(await response.json());
  return read.success ? undefined : `${name} answers ${response.status}: ${z.prettifyError(read.error)}`;
}
