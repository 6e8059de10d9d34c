import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { createWallet, creditWallet } from "../ledger/index.ts";
import {
  createUser,
  displayNameShape,
  judgePassword,
  normaliseEmail,
  normaliseUsername,
  type PasswordFault,
  type Role,
  type User,
} from "../people/index.ts";
import { createPersonalWorkspace, type Workspace } from "../workspaces/index.ts";

export interface SignUp {
  username: string;
  displayName: string;
  email: string;
  password: string;
}

/** One word per field that cannot stay as it is. */
export interface SignUpFaults {
  username?: "malformed" | "taken";
  displayName?: "malformed";
  email?: "malformed";
  password?: PasswordFault;
}

export type SignUpVerdict = { ok: true; user: User; workspace: Workspace } | { ok: false; faults: SignUpFaults };

/**
 * Makes user, personal workspace and wallet in one transaction, with the operator's first credit in the wallet.
 * The address stays unverified, so it proves nothing and takes nothing away from whoever owns it.
 *
 * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
 */
export async function signUp(
  ctx: Ctx,
  hasher: PasswordHasher,
  form: SignUp,
  options: { role?: Role; creditMicros?: number } = {},
): Promise<SignUpVerdict> {
  const faults = await judge(form);
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const passwordHash = await hasher.hash(form.password);
  const creditMicros = options.creditMicros ?? ctx.config.signup.creditMicros;
  return inTx(ctx, async (ctx): Promise<SignUpVerdict> => {
    const created = await createUser(ctx, {
      username: form.username.normalize("NFKC").trim(),
      displayName: displayNameShape.parse(form.displayName),
      email: form.email.normalize("NFKC").trim(),
      passwordHash,
      role: options.role ?? "user",
    });
    if (!created.ok) return { ok: false, faults: { username: "taken" } };
    const workspace = await createPersonalWorkspace(ctx, created.user.id);
    await createWallet(ctx, workspace.id);
    if (creditMicros > 0) {
      const reference = `signup:${created.user.id}`;
      const credited = await creditWallet(ctx, { walletId: workspace.id, amountMicros: creditMicros, reference });
      assert(credited.ok, "a new wallet takes its first credit");
    }
    return { ok: true, user: created.user, workspace };
  });
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
