import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What came in. */
export interface PhoneCall {
  path: string;
  authorization: string | undefined;
  contentType: string | undefined;
  fields: Record<string, string>;
}

/** An answer that is not the usual one; `hang` is none at all, `cut` ends in the middle. */
export type PhoneAnswer = { status: number; body: unknown } | "hang" | "cut";

export interface PhoneService {
  /** The configuration of a platform that verifies numbers here. */
  phone: { kind: "verify"; baseUrl: string; serviceId: string; username: string; password: string };
  calls: PhoneCall[];
  /** The code that was sent last to a number. */
  code(number: string): string;
  /** The answers to the next calls, in this order; then the usual ones again. */
  next(...answers: PhoneAnswer[]): void;
  close(): Promise<void>;
}

const account = "AC0123456789abcdef0123456789abcdef";
const service = "VA0123456789abcdef0123456789abcdef";
const password = "the token of the tests";

interface Verification {
  sid: string;
  to: string;
  code: string;
  status: "pending" | "approved";
}

/** Answers as Twilio Verify, version 2, is recorded to: made, judged, and forgotten once it was right. */
export async function openPhoneService(): Promise<PhoneService> {
  const verifications: Verification[] = [];
  const answers: PhoneAnswer[] = [];
  const calls: PhoneCall[] = [];

  const usual = (path: string, fields: Record<string, string>): { status: number; body: unknown } => {
    if (path === `/v2/Services/${service}/Verifications`) {
      const sid = `VE${String(verifications.length + 1).padStart(32, "0")}`;
      const code = String(100_000 + ((verifications.length * 7919 + 4242) % 900_000));
      verifications.push({ sid, to: fields.To!, code, status: "pending" });
      return { status: 201, body: recorded(verifications.at(-1)!, path) };
    }
    const found = verifications.find(({ sid, status }) => sid === fields.VerificationSid && status === "pending");
    if (path !== `/v2/Services/${service}/VerificationCheck` || !found) return { status: 404, body: notFound(path) };
    if (found.code === fields.Code) found.status = "approved";
    return { status: 200, body: recorded(found, path) };
  };

  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const fields = Object.fromEntries(new URLSearchParams(await readText(request)));
    const { authorization, "content-type": contentType } = request.headers;
    calls.push({ path, authorization, contentType, fields });
    const answer = answers.shift() ?? usual(path, fields);
    if (answer !== "hang") respond(response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    phone: { kind: "verify", baseUrl, serviceId: service, username: account, password },
    calls,
    code(number) {
      const sent = verifications.findLast(({ to }) => to === number);
      if (!sent) throw new Error(`nothing was sent to ${number}`);
      return sent.code;
    },
    next: (...more) => void answers.push(...more),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function readText(request: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece.toString();
  return text;
}

function respond(response: ServerResponse, answer: Exclude<PhoneAnswer, "hang">): void {
  if (answer === "cut") {
    response.writeHead(201, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"sid":');
    response.destroy();
    return;
  }
  const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, { "content-type": "application/json" }).end(body);
}

function recorded({ sid, to, status }: Verification, path: string): Record<string, unknown> {
  return {
    sid,
    service_sid: service,
    account_sid: account,
    to,
    channel: "sms",
    status,
    valid: status === "approved",
    amount: null,
    payee: null,
    date_created: "2026-01-15T12:00:00Z",
    date_updated: "2026-01-15T12:00:00Z",
    ...(path.endsWith("Verifications") && {
      lookup: {},
      send_code_attempts: [{ time: "2026-01-15T12:00:00Z", channel: "sms", attempt_sid: "VL1" }],
      sna: null,
      url: `https://verify.twilio.com${path}/${sid}`,
    }),
  };
}

function notFound(path: string): Record<string, unknown> {
  return {
    code: 20404,
    message: `The requested resource ${path} was not found`,
    more_info: "https://www.twilio.com/docs/errors/20404",
    status: 404,
  };
}
