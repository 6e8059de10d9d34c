import { type Ctx, inTx, type Tx } from "../context.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import {
  displayNameShape,
  isReservedUsername,
  judgePassword,
  normaliseEmail,
  normaliseUsername,
  type PasswordFault,
  type Role,
  setVerifiedEmail,
  type User,
} from "../people/index.ts";
import type { Workspace } from "../workspaces/index.ts";
import { type EmailWords, mailEmailCode } from "./emails.ts";
import { openAccount } from "./open-account.ts";
import { rememberSender } from "./sign-up-again.ts";

export interface SignUp {
  username: string;
  displayName: string;
  email: string;
  password: string;
}

/** One word per field that cannot stay as it is. */
export interface SignUpFaults {
  /** `reserved` names are given by the operator only. */
  username?: "malformed" | "reserved" | "taken";
  displayName?: "malformed";
  email?: "malformed" | "taken";
  password?: PasswordFault;
}

export interface SignUpOptions {
  /** @default "user" */
  role?: Role;
  /** @default the configuration's */
  creditMicros?: number;
  /** Writes to the address with a code that proves it. @default nobody is written to */
  emailWords?: EmailWords | undefined;
  /** The mark of the browser that sends the form: sent again, it finds what it made. @default it does not */
  browser?: string;
  /** The operator's word that the address is the user's own. @default false */
  emailVerified?: boolean;
  /** An operator's own decision: names that say that their owner speaks for the platform. @default false */
  mayBeReserved?: boolean;
}

export type SignUpVerdict = { ok: true; user: User; workspace: Workspace } | { ok: false; faults: SignUpFaults };

/**
 * Makes user, personal workspace and wallet in one transaction, with the operator's first credit in the wallet.
 * Unless the operator vouches for it, the address stays unverified, so it proves nothing and takes nothing away from
 * whoever owns it.
 *
 * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
 */
export async function signUp(
  ctx: Ctx,
  hasher: PasswordHasher,
  form: SignUp,
  options: SignUpOptions = {},
): Promise<SignUpVerdict> {
  const faults = await judge(form);
  if (!options.mayBeReserved && isReservedUsername(form.username, ctx.config.brand.name)) faults.username = "reserved";
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const passwordHash = await hasher.hash(form.password);
  return inTx(ctx, async (tx): Promise<SignUpVerdict> => {
    const newUser = {
      username: form.username.normalize("NFKC").trim(),
      displayName: displayNameShape.parse(form.displayName),
      email: form.email.normalize("NFKC").trim(),
      passwordHash,
      role: options.role ?? ("user" as const),
    };
    const opened = await openAccount(tx, newUser, options.creditMicros);
    if (!opened.ok) return { ok: false, faults: { username: "taken" } };
    const { browser } = options;
    if (browser !== undefined) await rememberSender(tx, { browser, username: form.username }, opened.user.id);
    return (await proveAddress(tx, opened.user, options)) ? opened : { ok: false, faults: { email: "taken" } };
  });
}

/** False when the operator vouches for an address that is somebody else's. */
async function proveAddress(tx: Tx, user: User, { emailWords, emailVerified }: SignUpOptions): Promise<boolean> {
  if (emailVerified) return (await setVerifiedEmail(tx, user.id, user.email!)).ok;
  if (emailWords) await mailEmailCode(tx, user, user.email!, emailWords);
  return true;
}

async function judge(form: SignUp): Promise<SignUpFaults> {
  const faults: SignUpFaults = {};
  if (normaliseUsername(form.username) === undefined) faults.username = "malformed";
  if (!displayNameShape.safeParse(form.displayName).success) faults.displayName = "malformed";
  if (normaliseEmail(form.email) === undefined) faults.email = "malformed";
  const password = await judgePassword(form.password, [form.username, form.email, form.displayName]);
  if (password) faults.password = password;
  return faults;
}
