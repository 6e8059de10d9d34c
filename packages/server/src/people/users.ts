import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { NewUser, User } from "./user.ts";
import { findByUsername, findByVerifiedEmail, insertUserRow, updateDisabled, updateDisplayName } from "./users.sql.ts";

/** RFC 5321 4.5.3.1.3. Judged before normalising, which takes the square of the length of a hostile text. */
const longestLogin = 254;

const usernameShape = /^[a-z0-9](?:[a-z0-9._-]{1,30})[a-z0-9]$/;

/** The form in which usernames are compared, or undefined for a text that cannot be one. Never holds an `@`. */
export function normaliseUsername(text: string): string | undefined {
  if (text.length > longestLogin) return undefined;
  const key = text.normalize("NFKC").trim().toLowerCase();
  return usernameShape.test(key) ? key : undefined;
}

/** A name at the end (RFC 3696 2): numbers would lead mail to a machine inside. */
const emailShape =
  /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/u;
/** What the URL class would leave out or read as something else than a host. */
const noHost = /[\s%#/:?\\]/u;
/** Nobody sees them, so with one an address looks like somebody else's; in a domain they are left out on the way. */
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The form in which addresses are compared: normalised first, then judged, so look-alike signs cannot slip by. */
export function normaliseEmail(text: string): string | undefined {
  if (text.length > longestLogin) return undefined;
  const plain = text.normalize("NFKC").trim().toLowerCase();
  if (unseen.test(plain)) return undefined;
  const at = plain.lastIndexOf("@");
  const host = plain.slice(at + 1);
  const domain = noHost.test(host) ? undefined : URL.parse(`http://${host}`)?.hostname;
  if (at < 1 || plain.length > longestLogin || domain === undefined) return undefined;
  const key = `${plain.slice(0, at)}@${domain}`;
  return emailShape.test(key) ? key : undefined;
}

/** `username` and `email` must have passed {@link normaliseUsername} and {@link normaliseEmail}. */
export async function createUser(
  tx: Tx,
  user: NewUser,
): Promise<{ ok: true; user: User } | { ok: false; why: "username_taken" }> {
  const created = await insertUserRow(tx, {
    ...user,
    usernameKey: normaliseUsername(user.username)!,
    emailKey: user.email === null ? null : normaliseEmail(user.email)!,
  });
  return created ? { ok: true, user: created } : { ok: false, why: "username_taken" };
}

/** By username, or by an e-mail address that was verified. Comes with the stored password for checking it. */
export async function findUserByLogin(
  ctx: Ctx,
  login: string,
): Promise<{ user: User; passwordHash: string | null } | undefined> {
  if (login.length > longestLogin) return undefined;
  if (login.normalize("NFKC").includes("@")) {
    const key = normaliseEmail(login);
    return key === undefined ? undefined : findByVerifiedEmail(ctx, key);
  }
  const key = normaliseUsername(login);
  return key === undefined ? undefined : findByUsername(ctx, key);
}

/** `displayName` must have passed `displayNameShape`. Apps that may see it see the new one from their next call on. */
export async function setDisplayName(tx: Tx, userId: string, displayName: string): Promise<User | undefined> {
  const user = await updateDisplayName(tx, userId, displayName);
  if (!user) return undefined;
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.renamed", subjectId: userId });
  return user;
}

/** Disabling kills everything the user ever allowed; enabling revives none of it. Undefined if nothing changed. */
export async function setUserDisabled(tx: Tx, userId: string, disabled: boolean): Promise<User | undefined> {
  const user = await updateDisabled(tx, userId, disabled);
  if (user) await announce(tx, "user", userId);
  return user;
}
