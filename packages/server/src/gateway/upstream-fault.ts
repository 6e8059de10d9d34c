import type { Upstream } from "../config/config.ts";
import { Fault } from "../kernel/faults.ts";
import type { UpstreamAnswer } from "./upstream-call.ts";

/** What the client did wrong by the upstream's judgement; everything else is between the operator and the upstream. */
const clientMistakes = new Set([400, 413, 422]);
const busy = new Set([429, 503]);
const usualWaitSeconds = "5";

/** An upstream's refusal in our own shape. Its text is shown only where the client can mend something, and scrubbed. */
export function upstreamFault({ status, retryAfter }: UpstreamAnswer, body: string, { apiKey }: Upstream): Fault {
  const detail = `the upstream answered ${status}`;
  if (clientMistakes.has(status)) {
    const message = scrub(messageOf(body), apiKey);
    return new Fault("invalid_request", `The model refused the request: ${message}`, { detail });
  }
  if (busy.has(status)) {
    return new Fault("temporarily_unavailable", "The model is busy. Try again in a moment.", {
      detail,
      headers: { "retry-after": /^\d{1,4}$/.test(retryAfter) ? retryAfter : usualWaitSeconds },
    });
  }
  return new Fault("upstream_error", "The model could not answer.", { detail });
}

function messageOf(body: string): string {
  try {
    const { error } = JSON.parse(body);
    const message: unknown = error?.message ?? error;
    if (typeof message === "string" && message !== "") return message;
  } catch {
    // Told below: a text that is no JSON may be anything.
  }
  return "no reason was given.";
}

/** Named identifiers, tokens, addresses of the web and of people, and anything too long to be a word. */
const secretLike =
  /\b(?:sk|pk|rk|key|org|proj|user|acct|req)[-_][\w-]{4,}|\bBearer\s+\S+|https?:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.]+|[\w+/=.-]{28,}/gi;
const longestMessage = 500;

function scrub(text: string, apiKey: string): string {
  return text.replaceAll(apiKey, "[removed]").replace(secretLike, "[removed]").slice(0, longestMessage);
}
