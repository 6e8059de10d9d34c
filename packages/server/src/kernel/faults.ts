/**
 * The closed table of refusals. `status` is the HTTP status of the refusal; the mount chooses the wire's shape.
 * The OAuth words are those of RFC 6749 5.2, RFC 6750 3.1, RFC 7009, RFC 8628 3.5, RFC 8707 and OpenID Connect Core 3.1.2.6.
 */
export const faults = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  access_denied: 400,
  authorization_pending: 400,
  slow_down: 400,
  expired_token: 400,
  login_required: 400,
  consent_required: 400,
  interaction_required: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  invalid_redirect_uri: 400,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  forbidden: 403,
  rate_limited: 429,
  budget_exceeded: 402,
  insufficient_balance: 402,
  budget_in_flight: 429,
  model_not_found: 404,
  unsupported_parameter: 400,
  idempotency_conflict: 409,
  upstream_error: 502,
  upstream_timeout: 504,
  server_error: 500,
  temporarily_unavailable: 503,
} as const satisfies Record<string, number>;

export type FaultCode = keyof typeof faults;

export interface FaultOptions {
  /** For the log only: what really happened. Never holds a secret. */
  detail?: string;
  cause?: unknown;
  /** Headers the answer must carry, such as `WWW-Authenticate` or `Retry-After`. */
  headers?: Record<string, string>;
  /** Public members beside the error, such as `limit_source` or the list of fields that failed. */
  fields?: Record<string, unknown>;
}

/** A refusal that a wire may speak. `message` is for the client; `detail` and `cause` are for the log. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Record<string, string>;
  readonly fields: Record<string, unknown>;

  constructor(code: FaultCode, description: string, options: FaultOptions = {}) {
    super(description, { cause: options.cause });
    this.name = "Fault";
    this.code = code;
    this.status = faults[code];
    this.detail = options.detail;
    this.headers = options.headers ?? {};
    this.fields = options.fields ?? {};
  }
}

/**
 * Refusals whose words developers look for, so the words never change. Each begins its description with them, and has a
 * page that says cause and fix: served under `/errors/`, kept in `docs/errors/`.
 */
export const knownRefusals = {
  "invalid-redirect-uri": "Invalid redirect_uri",
  "invalid-code-challenge": "Invalid code_challenge",
  "authorization-revoked": "Authorization has been revoked",
  "token-expired": "Token has expired",
} as const satisfies Record<string, string>;

export type KnownRefusal = keyof typeof knownRefusals;

/** The path of the page about a refusal, for `error_uri` (RFC 6749 4.1.2.1 and 5.2). */
export function refusalPath(refusal: KnownRefusal): string {
  return `/errors/${refusal}`;
}

/** @param more what it was this time */
export function knownFault(
  issuer: string,
  refusal: KnownRefusal,
  code: FaultCode,
  more: string,
  { fields, ...options }: FaultOptions = {},
): Fault {
  const error_uri = issuer + refusalPath(refusal);
  return new Fault(code, `${knownRefusals[refusal]}: ${more}`, { ...options, fields: { ...fields, error_uri } });
}
