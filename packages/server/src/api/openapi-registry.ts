import type { FaultCode } from "../kernel/faults.ts";
import { userCredentials } from "./openapi-credentials.ts";
import { type Content, answer as done, type Entry, json } from "./openapi-entry.ts";
import type { Operation } from "./operation.ts";

/** Our own operations, with the refusals that follow from what they take. */
export function describeOperation(operation: Operation): Entry {
  const { method, path, summary, description, anyOf, query, answer } = operation;
  return {
    ...{ method, path, summary, description, query, tag: tagOf(path) },
    credentials: anyOf === "public" ? [] : userCredentials(anyOf),
    body: bodyOf(operation),
    answers: done(answer),
    shape: "detail",
    refusals: refusalsOf(operation),
  };
}

function bodyOf({ body, rawBody }: Operation): Entry["body"] {
  if (rawBody) {
    const content: Content = Object.fromEntries(rawBody.types.map((type) => [type, null]));
    return { content, required: true };
  }
  return body && { content: json(body), required: !body.safeParse(undefined).success };
}

function refusalsOf({ anyOf, path, query, body, rawBody, refusals }: Operation): FaultCode[] {
  return [
    ...(anyOf === "public" ? [] : calling),
    ...(path.includes("{") ? (["not_found"] as const) : []),
    ...(query ? (["invalid_request", "validation_failed"] as const) : []),
    ...(body ? [...sending, "validation_failed" as const] : []),
    ...(rawBody ? sending : []),
    ...refusals,
    "temporarily_unavailable",
  ];
}

const calling: readonly FaultCode[] = [
  "invalid_request",
  "invalid_token",
  "insufficient_scope",
  "forbidden",
  "rate_limited",
];
const sending: readonly FaultCode[] = ["invalid_request", "payload_too_large", "unsupported_media_type"];

const tags: [start: string, tag: string][] = [
  ["/idp/apps", "Apps"],
  ["/idp/authorizations", "Authorizations"],
  ["/users/me/keys", "Keys"],
  ["/users/me/passkeys", "Passkeys"],
  ["/users/me/hotkeys", "Hotkeys"],
  ["/users/me/sessions", "Sessions"],
  ["/users", "Account"],
  ["/admin", "Operation"],
];

function tagOf(path: string): string {
  return tags.find(([start]) => path.startsWith(start))?.[1] ?? "Registry";
}
