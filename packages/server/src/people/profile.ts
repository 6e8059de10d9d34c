import { z } from "zod";
import type { Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { displayNameShape } from "./display-name.ts";
import { updateLocale, updateProfile } from "./profile.sql.ts";

/** What people say of themselves. An empty text says nothing. */
export const profileShape = z.object({
  displayName: displayNameShape,
  nickname: z.union([z.literal("").transform(() => null), displayNameShape]),
  /** BCP 47, one of those that the pages are written in. */
  locale: z.union([
    z.literal("").transform(() => null),
    z
      .string()
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
      .max(35),
  ]),
});

export type Profile = z.output<typeof profileShape>;

/** Apps that may see it see the new one from their next call on. False for a user that is deleted. */
export async function setProfile(tx: Tx, userId: string, profile: Profile): Promise<boolean> {
  if (!(await updateProfile(tx, { userId, ...profile }))) return false;
  await changed(tx, userId);
  return true;
}

/** The language alone. `locale` is one of those that the pages are written in. */
export async function setLocale(tx: Tx, userId: string, locale: string): Promise<boolean> {
  if (!(await updateLocale(tx, { userId, locale }))) return false;
  await changed(tx, userId);
  return true;
}

async function changed(tx: Tx, userId: string): Promise<void> {
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.profile_changed", subjectId: userId });
}
