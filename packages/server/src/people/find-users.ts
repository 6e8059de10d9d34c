import type { Ctx } from "../context.ts";
import { type FoundUser, selectUsers } from "./staff.sql.ts";
import { normaliseEmail } from "./users.ts";

/**
 * Users by id, by whole address, proven or not, or by how their name begins; without words, the newest.
 * @param asked.before the id of the last one seen
 */
export function findUsers(
  ctx: Ctx,
  { words, ...page }: { words: string; before?: string | undefined; limit: number },
): Promise<FoundUser[]> {
  if (words.length > 254) return Promise.resolve([]);
  const plain = words.normalize("NFKC").trim();
  if (plain === "") return selectUsers(ctx, page);
  if (plain.startsWith("usr_")) return selectUsers(ctx, { id: plain, ...page });
  if (!plain.includes("@")) return selectUsers(ctx, { usernamePrefix: plain.toLowerCase(), ...page });
  const emailKey = normaliseEmail(plain);
  return emailKey === undefined ? Promise.resolve([]) : selectUsers(ctx, { emailKey, ...page });
}

/** Also one who is disabled, leaving or gone. */
export async function findAnyUser(ctx: Ctx, id: string): Promise<FoundUser | undefined> {
  return (await selectUsers(ctx, { id, limit: 1 }))[0];
}
