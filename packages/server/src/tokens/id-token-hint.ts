import type { Ctx } from "../context.ts";
import type { Keyring } from "../keys/index.ts";

/** Whom an ID token of ours was about, and which app got it. */
export interface IdTokenHint {
  userId: string;
  clientId: string;
}

/**
 * Reads an `id_token_hint` (OpenID Connect Core 3.1.2.1). An expired one is as good as any: it proves nothing but that the
 * app once signed this user in. Undefined for everything that is no ID token of ours.
 */
export async function readIdTokenHint(
  { config }: Ctx,
  keyring: Keyring,
  text: string,
): Promise<IdTokenHint | undefined> {
  const claims = await keyring.verifyJwt("JWT", text);
  if (!claims || claims.iss !== config.issuer) return undefined;
  const { sub, aud } = claims;
  return typeof sub === "string" && typeof aud === "string" ? { userId: sub, clientId: aud } : undefined;
}
