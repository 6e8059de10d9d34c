import { Buffer } from "node:buffer";
import { CommandFault } from "../process/answer.ts";

export interface Sent {
  status: number;
  /** Undefined when the answer is no JSON. */
  body: unknown;
}

/** Nobody answered; asking again may help. */
export class Unreachable extends CommandFault {}

const patienceMs = 30_000;
/** The longest page of the registry is a fraction of it. */
const longestAnswer = 16 * 1_048_576;

/**
 * One request. Follows nothing: whoever redirects a token elsewhere does not get it. An answer without end is given up.
 *
 * @throws Unreachable when there is no answer.
 */
export async function send(url: string, init: RequestInit = {}): Promise<Sent> {
  const { origin } = new URL(url);
  try {
    const headers = new Headers(init.headers);
    headers.set("accept", "application/json");
    headers.set("user-agent", "innkeeper-cli");
    const response = await fetch(url, {
      ...init,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: response.status, body: parse(await readText(response)) };
  } catch (error) {
    throw new Unreachable(`${origin} cannot be reached (${reasonOf(error)}).`);
  }
}

/** A form of the protocol; its words never stand in an address. */
export function sendForm(url: string, form: Record<string, string>): Promise<Sent> {
  return send(url, { method: "POST", body: new URLSearchParams(form) });
}

async function readText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > longestAnswer) throw new Error(`an answer of more than ${longestAnswer / 1_048_576} MiB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason";
  const { cause, name } = error;
  if (name === "TimeoutError") return `no answer within ${patienceMs / 1000} seconds`;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : cause instanceof Error ? cause.message : error.message;
}

/** The member of an answer, if it is a text. */
export function textOf(body: unknown, member: string): string | undefined {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[member] : undefined;
  return typeof value === "string" ? value : undefined;
}
