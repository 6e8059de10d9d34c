/**
 * The paths that must be fast, known exactly: one look into a Map instead of a router. What is spelled in any unusual way
 * (`//`, `%2f`, `;`, `..`) is another path and therefore not found here.
 */
import { assert } from "../kernel/assert.ts";
import { Fault } from "../kernel/faults.ts";
import type { Log } from "../kernel/log.ts";
import { allowOrigin, type CorsPolicy, preflight } from "./cors.ts";
import { type FaultContext, renderFault, type Shape } from "./render-fault.ts";

export interface RequestInfo {
  /** The address of the client. */
  peer: string;
  requestId: string;
  path: string;
  /** Without the question mark; empty when there is none. */
  query: string;
}

export type Handler = (request: Request, info: RequestInfo) => Response | Promise<Response>;

export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The whole path, without parameters. */
  path: string;
  /** How the refusals of this route are spoken. */
  shape: Shape;
  /** @default no other origin may call it from a browser */
  cors?: CorsPolicy;
  handler: Handler;
}

/** What the listener knows of a request beside the Request. */
export interface Arrival {
  peer: string;
  requestId: string;
  /** The target as it stood on the request line: a Request has it already resolved. */
  target?: string;
}

/** The answer, or undefined when the path is not in the table. */
export type Table = (request: Request, arrival: Arrival) => Response | Promise<Response> | undefined;

export interface TableOptions {
  log: Log;
  renderPage: FaultContext["renderPage"];
}

type Methods = Map<string, Route>;

export function createTable(routes: readonly Route[], { log, renderPage }: TableOptions): Table {
  const paths = collect(routes);
  return (request, arrival) => {
    const { path, query } = splitTarget(arrival.target ?? targetOf(request.url));
    const methods = paths.get(path);
    if (!methods) return undefined;
    const route = methods.get(request.method) ?? missing(methods, request.method);
    const { peer, requestId } = arrival;
    const refuse = (error: unknown) => renderFault(error, route.shape, { request, requestId, log, renderPage });
    const answer = attempt(route.handler, request, { peer, requestId, path, query }, refuse);
    return route.cors ? withOrigin(request, answer) : answer;
  };
}

function collect(routes: readonly Route[]): Map<string, Methods> {
  const paths = new Map<string, Methods>();
  for (const route of routes) {
    const methods: Methods = paths.get(route.path) ?? new Map();
    assert(!methods.has(route.method), `two routes for ${route.method} ${route.path}`);
    paths.set(route.path, methods.set(route.method, route));
  }
  for (const methods of paths.values()) addDerived(methods);
  return paths;
}

/** HEAD follows from GET, and OPTIONS from what other origins may call. */
function addDerived(methods: Methods): void {
  const get = methods.get("GET");
  const open = [...methods.values()].find((route) => route.cors);
  const names = [...methods.keys()];
  if (get) methods.set("HEAD", { ...get, handler: async (...args) => new Response(null, await get.handler(...args)) });
  if (open) methods.set("OPTIONS", { ...open, cors: undefined, handler: (request) => preflight(request, names) });
}

/** Stands in for a method that a known path does not have. */
function missing(methods: Methods, method: string): Route {
  const [known] = methods.values();
  const allow = [...methods.keys()].join(", ");
  const handler = () => {
    throw new Fault("method_not_allowed", `${method} is not possible here.`, { headers: { allow } });
  };
  return { ...known!, handler };
}

function attempt(handler: Handler, request: Request, info: RequestInfo, refuse: (error: unknown) => Response) {
  try {
    const answer = handler(request, info);
    return answer instanceof Promise ? answer.catch(refuse) : answer;
  } catch (error) {
    return refuse(error);
  }
}

function withOrigin(request: Request, answer: Response | Promise<Response>): Response | Promise<Response> {
  if (answer instanceof Promise) return answer.then((response) => allowOrigin(request, response));
  return allowOrigin(request, answer);
}

/** Path and query of an absolute URL. A URL object would cost more than the look into the table. */
function targetOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start === -1 ? "/" : url.slice(start);
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
