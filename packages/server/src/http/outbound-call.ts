import { Buffer } from "node:buffer";
import { isIPv6, type LookupFunction } from "node:net";
import type { Client, Dispatcher } from "undici";
import { OutboundFailure, tooLate } from "./outbound-failure.ts";

export interface OutboundRequest {
  method: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  /** The answer's body is given up beyond this. 0: its status is enough, and its body is not waited for. */
  maxBytes: number;
  /** For everything together: names, connection, answer. */
  timeoutMs: number;
  /** An origin that the operator chose for this very purpose: it is called wherever it is. Never what a stranger wrote. */
  trustedOrigin?: string;
}

export interface OutboundAnswer {
  /** Whatever was answered; redirects are not followed. */
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/**
 * One call on a connection of its own. `addresses` are the only ones it may go to; undefined leaves the choice to the
 * system. The certificate must be the host's either way.
 */
export async function call(
  url: URL,
  addresses: readonly string[] | undefined,
  request: OutboundRequest,
  deadline: AbortSignal,
): Promise<OutboundAnswer> {
  const client = await openClient(url, addresses, request.timeoutMs);
  try {
    const answer = await client.request({
      path: url.pathname + url.search,
      method: request.method,
      headers: { ...request.headers, "user-agent": "Innkeeper", "accept-encoding": "identity" },
      body: request.body ?? null,
      signal: deadline,
    });
    return {
      status: answer.statusCode,
      headers: readHeaders(answer.headers),
      body: await readBody(answer, request.maxBytes),
    };
  } catch (error) {
    throw describe(error, request.timeoutMs, deadline);
  } finally {
    // What is still on its way is given up: an answer without end, and a connection that was never made.
    client.destroy().catch(() => {});
  }
}

/** undici takes long to load, so it is loaded with the first call. */
async function openClient(url: URL, addresses: readonly string[] | undefined, timeoutMs: number): Promise<Client> {
  const { Client } = await import("undici");
  const pinned = addresses && { lookup: only(addresses) };
  return new Client(url.origin, {
    connect: { allowH2: false, maxCachedSessions: 0, timeout: timeoutMs, ...pinned },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** Whatever a name server would say now, the connection goes to an address that was judged. */
function only(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, { all }, answer) => {
    if (all) answer(null, known);
    else answer(null, known[0]!.address, known[0]!.family);
  };
}

function readHeaders(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function readBody({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Uint8Array> {
  if (maxBytes === 0) {
    // Destroying it makes an error of its own, which nobody is waiting for.
    body.on("error", () => {}).destroy();
    return Buffer.alloc(0);
  }
  if ((headers["content-encoding"] ?? "identity") !== "identity") {
    throw new OutboundFailure("encoded", "The answer is compressed, which was not asked for.");
  }
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBytes) throw new OutboundFailure("too_large", `The answer is larger than ${maxBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Errors of the connection are told by their code alone: a message could name what it met on the way. */
function describe(error: unknown, timeoutMs: number, deadline: AbortSignal): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { code = "no reason given" } = error as { code?: string };
  if (deadline.aborted || code === "UND_ERR_CONNECT_TIMEOUT") return tooLate(timeoutMs);
  return new OutboundFailure("failed", `The connection failed: ${code}.`);
}
