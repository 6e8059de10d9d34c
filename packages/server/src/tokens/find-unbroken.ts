import type { Ctx } from "../context.ts";
import type { Chain } from "./chain.sql.ts";
import { allowedScopes, type Generations, isUnbroken } from "./chain.ts";
import type { Live } from "./live.ts";

interface Sealed {
  grantId: string;
  generations: Generations;
}

/**
 * The chain behind something sealed, if it is unbroken. Looked for before the right is taken: whatever ends in between
 * raises a generation, and what is issued then is dead.
 *
 * @param wanted scopes; memory that allows less is asked again, in the database
 */
export async function findUnbroken(
  { clock }: Ctx,
  live: Pick<Live, "findChain">,
  { grantId, generations }: Sealed,
  wanted: readonly string[],
): Promise<Chain | undefined> {
  const isGood = (chain: Chain) => isUnbroken(chain, generations, clock.now());
  const chain = await live.findChain(
    grantId,
    (chain) => isGood(chain) && allowedScopes(wanted, chain).length === wanted.length,
  );
  return chain && isGood(chain) ? chain : undefined;
}
