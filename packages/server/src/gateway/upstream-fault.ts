import { Fault } from "../kernel/faults.ts";

/** What the client did wrong by the upstream's judgement; everything else is between the operator and the upstream. */
const clientMistakes = new Set([400, 413, 422]);

/** An upstream's refusal in our own shape. Its text is shown only where the client can mend something, and scrubbed. */
export function upstreamFault(status: number, body: string, retryAfter: string | undefined): Fault {
  const detail = `the upstream answered ${status}`;
  if (clientMistakes.has(status)) {
    return new Fault("invalid_request", `The model refused the request: ${scrub(messageOf(body))}`, { detail });
  }
  if (status === 429 || status === 503) {
    const seconds = /^\d{1,4}$/.test(retryAfter ?? "") ? retryAfter! : "5";
    return new Fault("temporarily_unavailable", "The model is busy. Try again in a moment.", {
      detail,
      headers: { "retry-after": seconds },
    });
  }
  return new Fault("upstream_error", "The model could not answer.", { detail });
}

function messageOf(body: string): string {
  try {
    const { error } = JSON.parse(body);
    const message: unknown = typeof error === "string" ? error : error?.message;
    return typeof message === "string" && message !== "" ? message : "no reason was given.";
  } catch {
    return "no reason was given.";
  }
}

const secretLike =
  /\b(?:sk|pk|rk|key|org|proj|user|acct|req)[-_][\w-]{4,}|\bBearer\s+\S+|https?:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[A-Za-z0-9_-]{32,}\b/gi;

function scrub(text: string): string {
  return text.replace(secretLike, "[removed]").slice(0, 500);
}
