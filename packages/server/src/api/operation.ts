import type { output, ZodObject, ZodRawShape, ZodType, input as zodInput } from "zod";
import { isEmptyBody, mediaTypeOf, readBytes } from "../http/body.ts";
import { readJson } from "../http/json.ts";
import { jsonResponse } from "../http/respond.ts";
import { Fault, type FaultCode } from "../kernel/faults.ts";
import type { ApiCaller, Guard } from "./guard.ts";
import { readQueryAs } from "./query.ts";

/** The names in braces of a path. */
type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsOf<Rest>
  : never;

/** A body that is no JSON: a picture, for example. */
export interface RawBody {
  /** Media types that are taken. */
  types: readonly string[];
  maxBytes: number;
}

/** What reaches `handle`, all of it checked. */
export interface Call<Path extends string, Scopes, Query extends ZodRawShape, Body> {
  caller: Scopes extends "public" ? undefined : ApiCaller;
  params: Record<ParamsOf<Path>, string>;
  query: output<ZodObject<Query>>;
  /** The bytes of a raw body; undefined where none is declared. */
  body: Body;
  request: Request;
}

interface Declaration<
  Path extends string,
  Scopes extends Access,
  Answer extends ZodType,
  Query extends ZodRawShape,
  Body extends ZodType | undefined,
  Raw extends RawBody | undefined,
> {
  method: Method;
  /** Ids stand in braces: `/idp/apps/{app_id}`. */
  path: Path;
  /** One sentence for the documentation, without a full stop. */
  summary: string;
  description?: string;
  /** One of these scopes is enough; a session needs none. */
  anyOf: Scopes;
  query?: ZodObject<Query>;
  /** May accept undefined: then the request may come without a body. */
  body?: Body;
  /** @default 65536 */
  maxBytes?: number;
  rawBody?: Raw;
  answer: Answer;
  /** Refusals that only this operation has, beside those that follow from its credentials, parameters and body. */
  refusals?: readonly FaultCode[];
  handle(
    call: Call<Path, Scopes, Query, Raw extends RawBody ? Uint8Array : Body extends ZodType ? output<Body> : undefined>,
  ): zodInput<Answer> | Promise<zodInput<Answer>>;
}

type Access = "public" | readonly string[];
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One operation of the API: what is mounted, and what `openapi.json` says of it. */
export interface Operation {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly anyOf: Access;
  readonly query?: ZodObject | undefined;
  readonly body?: ZodType | undefined;
  readonly rawBody?: RawBody | undefined;
  readonly answer: ZodType;
  readonly refusals: readonly FaultCode[];
  respond(request: Request, params: Record<string, string>, guard: Guard): Promise<Response>;
}

/** The only way to declare an operation, so that neither routing nor documentation can drift from what is checked. */
export function operation<
  const Path extends string,
  const Scopes extends Access,
  Answer extends ZodType,
  // biome-ignore lint/complexity/noBannedTypes: no parameters at all.
  Query extends ZodRawShape = {},
  Body extends ZodType | undefined = undefined,
  const Raw extends RawBody | undefined = undefined,
>(declared: Declaration<Path, Scopes, Answer, Query, Body, Raw>): Operation {
  type Handled = Parameters<typeof declared.handle>[0];
  const { method, path, summary, description, anyOf, query, body, rawBody, answer, refusals = [] } = declared;
  return {
    ...{ method, path, summary, description, anyOf, query, body, rawBody, answer, refusals },
    async respond(request, params, guard) {
      const ask = () => (anyOf === "public" ? undefined : guard.getCaller(request, anyOf));
      let caller = await ask();
      if (!Object.values(params).every(isId)) throw new Fault("not_found", "Not found");
      const asked = query && readQueryAs(request, query);
      const sent = await readSent(request, declared);
      // Once more: a body may take its time, and what it was sent with may be revoked meanwhile.
      if (body || rawBody) caller = await ask();
      const call = { caller, params, query: asked ?? {}, body: sent, request };
      return jsonResponse(await declared.handle(call as Handled));
    },
  };
}

interface Sendable {
  body?: ZodType | undefined;
  maxBytes?: number | undefined;
  rawBody?: RawBody | undefined;
}

async function readSent(request: Request, { body, maxBytes, rawBody }: Sendable): Promise<unknown> {
  if (rawBody) return readRaw(request, rawBody);
  if (!body) return undefined;
  if (!request.headers.has("content-type")) {
    const nothing = body.safeParse(undefined);
    if (nothing.success && (await isEmptyBody(request))) return nothing.data;
  }
  return readJson(request, body, { maxDepth: 8, ...(maxBytes && { maxBytes }) });
}

async function readRaw(request: Request, { types, maxBytes }: RawBody): Promise<Uint8Array> {
  if (!types.includes(mediaTypeOf(request))) {
    throw new Fault("unsupported_media_type", `The body must be ${types.join(" or ")}.`);
  }
  return readBytes(request, maxBytes);
}

/** Anything else was never given out, and no database is asked for it: some refuse a NUL in any text. */
function isId(text: string): boolean {
  return /^[\w.:-]{1,128}$/.test(text);
}
