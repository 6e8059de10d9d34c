import { APIError } from "openai";
import { leftText, readMicros, readTime, timeText } from "./budget.ts";
import { SignInEnded } from "./platform.ts";

/** Why a story was not told, in words for the person who asked for it. */
export interface Refusal {
  kind: "cap" | "balance" | "in_flight" | "not_granted" | "ended" | "failed";
  title: string;
  text: string;
  /** What mends it. */
  action?: { label: string; href: string };
  /** The same request may go through later. */
  mayRetry: boolean;
}

/** Innkeeper's members beside OpenAI's own in the body of a refusal for money. */
interface MoneyFields {
  limit?: unknown;
  spent?: unknown;
  resets_at?: unknown;
  manage_url?: unknown;
}

/** Every error that a call can end with, as a refusal. */
export function describeRefusal(error: unknown, platformName: string): Refusal {
  if (error instanceof SignInEnded) return ended(error.why, platformName);
  if (error instanceof APIError) {
    const fields = (error.error ?? {}) as MoneyFields;
    if (error.status === 402)
      return error.code === "insufficient_balance" ? balance(fields, platformName) : cap(fields);
    if (error.status === 429) return inFlight(error.headers?.get("retry-after"));
    if (error.status === 403) return notGranted(platformName);
  }
  return {
    kind: "failed",
    title: "The story did not come.",
    text: `${platformName} did not answer as it should. What was written until then is on your bill, nothing else.`,
    mayRetry: true,
  };
}

function cap(fields: MoneyFields): Refusal {
  const limitMicros = readMicros(fields.limit);
  const [limit, left] = [leftText(limitMicros), leftText(limitMicros - readMicros(fields.spent))];
  const resetsAt = readTime(fields.resets_at);
  const again = resetsAt === undefined ? "It does not start again." : `It starts again on ${timeText(resetsAt)}.`;
  return {
    kind: "cap",
    title: "Storyteller has reached its cap.",
    text: `This call was refused before it cost anything: it could cost more than what is left, ${left} of ${limit}. ${again}`,
    ...manage(fields, "Raise the cap"),
    mayRetry: true,
  };
}

function balance(fields: MoneyFields, platformName: string): Refusal {
  return {
    kind: "balance",
    title: `Your balance at ${platformName} is too low.`,
    text: "This call was refused before it cost anything. Calls stop until you top up.",
    ...manage(fields, "See your balance"),
    mayRetry: true,
  };
}

function inFlight(retryAfter: string | null | undefined): Refusal {
  return {
    kind: "in_flight",
    title: "Another story is still being written.",
    text: `It holds what is left of the cap until its price is known. Try again in ${retryAfter ?? "a few"} seconds; nothing was charged.`,
    mayRetry: true,
  };
}

/** They signed in, but said no to spending. */
export function notGranted(platformName: string): Refusal {
  return {
    kind: "not_granted",
    title: "You signed in without spending.",
    text: `Storyteller knows who you are, but may not use ${platformName}’s models on your bill.`,
    action: { label: "Let it spend", href: "/sign-in?ask=again" },
    mayRetry: false,
  };
}

function ended(why: SignInEnded["why"], platformName: string): Refusal {
  return {
    kind: "ended",
    title: why === "revoked" ? `${platformName} no longer lets Storyteller spend for you.` : "Your sign-in has ended.",
    text: "Sign in again.",
    action: { label: `Sign in with ${platformName}`, href: "/sign-in" },
    mayRetry: false,
  };
}

/** The platform's own page for the cap or the wallet. Only http addresses become a link. */
function manage(fields: MoneyFields, label: string): Pick<Refusal, "action"> {
  const href = String(fields.manage_url ?? "");
  return /^https?:\/\//.test(href) ? { action: { label, href } } : {};
}
