import { Buffer } from "node:buffer";
import { z } from "zod";
import type { PhoneProvider } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { OutboundFailure } from "../http/outbound-failure.ts";
import type { PhoneCheck, PhoneStart, PhoneVerifier } from "./phone-verifier.ts";

type Service = Omit<Extract<PhoneProvider, { kind: "verify" }>, "messagesPerHour">;

/** Answers have about a kilobyte. */
const maxBytes = 65_536;
const patienceMs = 8000;

const started = z.object({ sid: z.string().min(1).max(64), status: z.literal("pending") });
const checked = z.object({ status: z.string(), valid: z.boolean() });
const failed = z.object({ code: z.int() });

/** Too many attempts at one code; other limits come as 429 too. */
const triedTooOften = 60202;

interface Answer {
  status: number;
  body: unknown;
}

/** A service with the two calls of Twilio Verify, version 2. The code is known to the service alone. */
export function createServiceVerifier(
  { outbound, log }: Pick<Ctx, "outbound" | "log">,
  service: Service,
  { timeoutMs = patienceMs } = {},
): PhoneVerifier {
  const { baseUrl, serviceId, username, password } = service;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const trustedOrigin = new URL(baseUrl).origin;

  /** Undefined when there is no answer to rely on. Neither number nor code is ever logged. */
  async function post(name: string, fields: Record<string, string>): Promise<Answer | undefined> {
    try {
      const { status, body } = await outbound.fetch(`${baseUrl}/v2/Services/${encodeURIComponent(serviceId)}/${name}`, {
        method: "POST",
        headers: { authorization, accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
        maxBytes,
        timeoutMs,
        trustedOrigin,
      });
      return { status, body: readJson(body) };
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      log.warn({ call: name, why: error.why }, "The service that verifies phone numbers gave no answer");
      return undefined;
    }
  }

  /** What is nobody's fault here: the operator looks it up by the service's own number. */
  function unavailable(call: string, { status, body }: Answer): { ok: false; why: "unavailable" } {
    log.warn({ call, status, code: codeOf(body) }, "The service that verifies phone numbers refused a call");
    return { ok: false, why: "unavailable" };
  }

  return {
    async start(number, language): Promise<PhoneStart> {
      const call = "Verifications";
      const answer = await post(call, { To: number, Channel: "sms", Locale: language });
      if (!answer) return { ok: false, why: "unavailable" };
      const { status, body } = answer;
      const read = started.safeParse(body);
      if (status === 201 && read.success) return { ok: true, reference: read.data.sid };
      if (status === 429) return { ok: false, why: "busy" };
      // 400 is a number that cannot be reached, 403 one that the operator or the service has blocked.
      return status === 400 || status === 403 ? { ok: false, why: "number" } : unavailable(call, answer);
    },

    async check(reference, code): Promise<PhoneCheck> {
      const call = "VerificationCheck";
      const answer = await post(call, { VerificationSid: reference, Code: code });
      if (!answer) return { ok: false, why: "unavailable" };
      const { status, body } = answer;
      if (status === 404) return { ok: false, why: "gone" };
      if (status === 429) return { ok: false, why: codeOf(body) === triedTooOften ? "gone" : "busy" };
      const read = checked.safeParse(body);
      if (status !== 200 || !read.success) return unavailable(call, answer);
      return read.data.status === "approved" && read.data.valid ? { ok: true } : { ok: false, why: "wrong" };
    },
  };
}

function codeOf(body: unknown): number | undefined {
  return failed.safeParse(body).data?.code;
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
