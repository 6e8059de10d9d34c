import { CommandFault } from "../process/answer.ts";
import { type Sent, textOf } from "./send.ts";

/** What the platform refused, in its own words. */
export class Refusal extends CommandFault {
  readonly status: number;
  /** The word of RFC 6749 5.2, from the endpoints of the protocol. */
  readonly code: string | undefined;

  constructor({ status, body }: Sent) {
    super(wordsOf(body) ?? `The platform answered with HTTP ${status} and no words.`);
    this.status = status;
    this.code = textOf(body, "error");
  }
}

/** `{ detail }` of the registry, with one entry for each field; `{ error, error_description }` of the protocol. */
function wordsOf(body: unknown): string | undefined {
  const oauth = textOf(body, "error_description") ?? textOf(body, "error");
  const detail = typeof body === "object" && body !== null && "detail" in body ? body.detail : undefined;
  if (!Array.isArray(detail)) return textOf(body, "detail") ?? oauth;
  const lines = detail.map(lineOf);
  return lines.length > 0 ? lines.join("\n") : oauth;
}

/** The field and what is wrong with it; some sentences name their field themselves. */
function lineOf(issue: unknown): string {
  const words = textOf(issue, "msg") ?? "is not right";
  const place = placeOf(issue);
  return place === "" || words.startsWith(`${place} `) ? words : `${place}: ${words}`;
}

function placeOf(issue: unknown): string {
  const loc = typeof issue === "object" && issue !== null && "loc" in issue ? issue.loc : undefined;
  if (!Array.isArray(loc)) return "";
  return loc.filter((part, index) => index > 0 || (part !== "body" && part !== "query")).join(".");
}
