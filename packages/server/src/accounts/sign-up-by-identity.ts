import type { Tx } from "../context.ts";
import { type Identity, insertIdentity, isReservedUsername, setVerifiedEmail, type User } from "../people/index.ts";
import { openAccount } from "./open-account.ts";

export interface IdentitySignUp {
  identity: Pick<Identity, "provider" | "subject" | "label">;
  /** The best first; the last one is tried with numbers of chance. */
  usernames: readonly string[];
  displayName: string | undefined;
  email: string | null;
  /** Whether the provider's word makes it a proven address. */
  emailBelieved: boolean;
}

export type IdentitySignUpVerdict =
  | { ok: true; user: User }
  | {
      ok: false;
      why: /** The address is proven by another account, which stays as it is. */
        | "account_exists"
        /** Another process made it a moment ago. */
        | "raced";
    };

/** An account for somebody whom another provider vouches for. It has no password until its owner sets one. */
export async function signUpByIdentity(
  tx: Tx,
  { identity, usernames, displayName, email, emailBelieved }: IdentitySignUp,
): Promise<IdentitySignUpVerdict> {
  const user = await openFreely(tx, usernames, { displayName, email });
  const { id: userId } = user;
  if (email !== null && emailBelieved) {
    const proven = await setVerifiedEmail(tx, userId, email);
    if (!proven.ok) return { ok: false, why: "account_exists" };
  }
  return (await insertIdentity(tx, { ...identity, userId })) ? { ok: true, user } : { ok: false, why: "raced" };
}

async function openFreely(
  tx: Tx,
  usernames: readonly string[],
  { displayName, email }: Pick<IdentitySignUp, "displayName" | "email">,
): Promise<User> {
  for (const username of candidates(tx, usernames)) {
    const newUser = {
      username,
      displayName: displayName ?? username,
      email,
      passwordHash: null,
      role: "user" as const,
    };
    const opened = await openAccount(tx, newUser);
    if (opened.ok) return opened.user;
  }
  throw new Error("no username is free");
}

function* candidates({ random, config }: Tx, usernames: readonly string[]): Generator<string> {
  const isOpen = (username: string) => !isReservedUsername(username, config.brand.name);
  yield* usernames.slice(0, -1).filter(isOpen);
  const stem = usernames.find(isOpen) ?? usernames.at(-1)!;
  for (let length = 2; length <= 7; length += 1) yield `${stem}-${random.text(length)}`;
}
