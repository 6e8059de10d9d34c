import {
  changeRole,
  createPasswordHasher,
  creditWallet,
  type DeedRefusal,
  disableAccount,
  findUserByLogin,
  formatDollars,
  getPersonalWorkspace,
  inTx,
  parseDollars,
  readRole,
  roles,
  signUp,
} from "@innkeeper/server";
import { answer, CommandFault, UsageFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

export interface NewUserFlags extends Flags {
  username: string;
  email: string;
  password: string;
  emailVerified?: boolean;
  admin?: boolean;
  credit?: string;
  json?: boolean;
}

export function createUser(flags: NewUserFlags): Promise<void> {
  const creditMicros = flags.credit === undefined ? undefined : readAmount(flags.credit);
  return withHouse(flags, async ({ ctx }) => {
    const hasher = createPasswordHasher({ random: ctx.random });
    const form = {
      username: flags.username,
      displayName: flags.username,
      email: flags.email,
      password: flags.password,
    };
    const verdict = await signUp(ctx, hasher, form, {
      role: flags.admin ? "operator" : "user",
      creditMicros,
      emailVerified: flags.emailVerified,
      mayBeReserved: true,
    });
    if (!verdict.ok) {
      throw new CommandFault(
        Object.entries(verdict.faults)
          .map(([field, why]) => `${field}: ${String(why).replaceAll("_", " ")}`)
          .join("\n"),
      );
    }
    const { user, workspace } = verdict;
    answer(flags.json, { user_id: user.id, username: user.username, workspace_id: workspace.id }, [
      `User ${user.username} (${user.id}) has a room and a wallet.`,
    ]);
  });
}

export function creditUser(name: string, amount: string, flags: Flags & { json?: boolean }): Promise<void> {
  const amountMicros = readAmount(amount);
  return withHouse(flags, async ({ ctx }) => {
    const known = await findUserByLogin(ctx, name);
    if (!known) throw new CommandFault(`There is no user "${name}".`);
    const workspace = await getPersonalWorkspace(ctx, known.user.id);
    const reference = ctx.random.id("credit");
    const credited = await inTx(ctx, (tx) => creditWallet(tx, { walletId: workspace.id, amountMicros, reference }));
    if (!credited.ok) throw new CommandFault(`Nothing was credited: ${credited.why.replaceAll("_", " ")}.`);
    const { balanceMicros } = credited;
    answer(flags.json, { user_id: known.user.id, amount_micros: amountMicros, balance_micros: balanceMicros }, [
      `${known.user.username} has $${formatDollars(balanceMicros)} now.`,
    ]);
  });
}

/** Disabling kills every session, token and key of the user within a second; enabling revives none of them. */
export function setDisabled(name: string, disabled: boolean, flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const known = await findUserByLogin(ctx, name);
    if (!known) throw new CommandFault(`There is no user "${name}".`);
    const { id, username } = known.user;
    const word = disabled ? "disabled" : "enabled";
    const verdict = await inTx(ctx, (tx) => disableAccount(tx, "machine", id, disabled));
    if (!verdict.ok) throw new CommandFault(refusalOf(verdict.why, username, `is ${word} already`));
    answer(flags.json, { user_id: id, disabled }, [`${username} is ${word}.`]);
  });
}

/** Operators change accounts, support reads them, auditors read the audit log and the ledger. */
export function setRole(name: string, role: string, flags: Flags & { json?: boolean }): Promise<void> {
  const wanted = readRole(role);
  if (!wanted) throw new UsageFault(`"${role}" is none of ${roles.join(", ")}.`);
  return withHouse(flags, async ({ ctx }) => {
    const known = await findUserByLogin(ctx, name);
    if (!known) throw new CommandFault(`There is no user "${name}".`);
    const { id, username } = known.user;
    const verdict = await inTx(ctx, (tx) => changeRole(tx, "machine", id, wanted));
    if (!verdict.ok) throw new CommandFault(refusalOf(verdict.why, username, `has the role ${wanted} already`));
    answer(flags.json, { user_id: id, role: wanted }, [`${username} has the role ${wanted} now.`]);
  });
}

function refusalOf(why: DeedRefusal, username: string, unchanged: string): string {
  if (why === "last_operator") return `${username} is the last operator who can act. Make another one first.`;
  return why === "unchanged" ? `${username} ${unchanged}.` : `There is no user "${username}".`;
}

function readAmount(text: string): number {
  const micros = parseDollars(text);
  if (micros === undefined || micros === 0)
    throw new CommandFault(`"${text}" must be an amount of dollars above zero, such as 25.00`);
  return micros;
}
