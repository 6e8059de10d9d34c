import type { Ctx } from "../context.ts";
import type { KnownRefusal } from "../kernel/faults.ts";
import { hashApiKey } from "./api-keys.ts";
import type { Live } from "./live.ts";
import type { ReadAccessToken } from "./read-access-token.ts";

export type ExplainDead = (bearer: string) => Promise<KnownRefusal | undefined>;

/**
 * Why a bearer that was just refused is dead. Only whoever holds an authentic one learns anything; undefined for every
 * other text.
 */
export function createExplainDead(
  { clock }: Ctx,
  readAccessToken: ReadAccessToken,
  live: Pick<Live, "recallKey" | "readKey">,
): ExplainDead {
  const why = (expiresAt: number | null): KnownRefusal =>
    expiresAt !== null && expiresAt <= clock.now() ? "token-expired" : "authorization-revoked";
  return async (bearer) => {
    const hash = hashApiKey(bearer);
    if (hash !== undefined) {
      const standing = live.recallKey(hash) ?? (await live.readKey(hash));
      return standing && why(standing.key.expiresAt);
    }
    const token = await readAccessToken(bearer);
    return token && why(token.expiresAt);
  };
}
