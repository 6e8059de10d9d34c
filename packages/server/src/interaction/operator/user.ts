import {
  type CreditRefusal,
  changeRole,
  creditAccount,
  type DeedVerdict,
  disableAccount,
  resetFactors,
} from "../../accounts/index.ts";
import { inTx, type Tx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { encodeBase64Url } from "../../kernel/bytes.ts";
import { Fault } from "../../kernel/faults.ts";
import { parseDollars } from "../../kernel/money.ts";
import { findAnyUser, hasRight, isRecentlySignedIn, readRole } from "../../people/index.ts";
import { signInPath } from "../account/signed-in.ts";
import type { Desk, Visitor } from "../desk.ts";
import { addressOf } from "../pages/operator-frame.ts";
import { type OperatorUserProps, renderOperatorUser } from "../pages/operator-user.ts";
import { userPath, usersPath } from "../pages/operator-users.ts";
import { readSheet } from "./sheet.ts";
import { forStaff, staffOf, submittedByStaff } from "./staff.ts";

const purpose = "operator";

type Done = NonNullable<OperatorUserProps["done"]>;

/** What an operator can do to somebody else's account: how its form is read, and what is said when it was done. */
interface Deed {
  done: Done;
  act(tx: Tx, actor: { userId: string }, userId: string, form: Form): Promise<DeedVerdict<CreditRefusal>>;
}

const deeds: Record<string, Deed> = {
  disable: { done: "disabled", act: (tx, actor, userId) => disableAccount(tx, actor, userId, true) },
  enable: { done: "enabled", act: (tx, actor, userId) => disableAccount(tx, actor, userId, false) },
  reset: { done: "reset", act: (tx, actor, userId) => resetFactors(tx, actor, userId) },
  role: {
    done: "role",
    async act(tx, actor, userId, form) {
      const role = readRole(form.get("role"));
      return role ? changeRole(tx, actor, userId, role) : { ok: false, why: "unchanged" };
    },
  },
  credit: {
    done: "credited",
    async act(tx, actor, userId, form) {
      const amountMicros = parseDollars(form.get("amount") ?? "") ?? 0;
      const reference = form.get("once") ?? "";
      // What our own form carries; anything else was made up.
      if (!/^[\w-]{22}$/.test(reference)) return { ok: false, why: "reference_taken" };
      return creditAccount(tx, actor, { userId, amountMicros, reference });
    },
  },
};

export function userSheetRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(
    visitor: Visitor,
    id: string,
    said: Pick<OperatorUserProps, "done" | "refused"> & { amount?: string | undefined },
  ): Promise<Response> {
    const user = await findAnyUser(ctx, id);
    if (!user) throw new Fault("not_found", "Not found");
    const { done, refused, amount } = said;
    const change = hasRight(visitor.user.role, "accounts.change")
      ? {
          csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
          fresh: isRecentlySignedIn(ctx, visitor.session),
          isSelf: visitor.user.id === user.id,
          once: encodeBase64Url(ctx.random.bytes(16)),
          amount,
        }
      : undefined;
    const props = { staff: staffOf(visitor), user: await readSheet(ctx, user), change, done, refused };
    return desk.page(renderOperatorUser(desk.frame(visitor), props), { status: refused ? 400 : 200 });
  }

  const sheet: Route = {
    method: "GET",
    path: userPath,
    shape: "page",
    handler: forStaff(desk, "accounts.read", ({ visitor, info }) => {
      const asked = readQuery(info.query);
      const done = Object.values(deeds).find((deed) => deed.done === asked.get("done"))?.done;
      return show(visitor, asked.get("id") ?? "", { done });
    }),
  };
  const forms = Object.entries(deeds).map(([name, deed]): Route => {
    const handler = submittedByStaff(desk, purpose, usersPath, async ({ visitor, form }) => {
      const id = form.get("user") ?? "";
      const back = addressOf(userPath, { id });
      if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(back));
      const verdict = await inTx(ctx, (tx) => deed.act(tx, { userId: visitor.user.id }, id, form));
      if (verdict.ok) return redirect(addressOf(userPath, { id, done: deed.done }));
      return show(visitor, id, { refused: verdict.why, amount: form.get("amount")?.slice(0, 40) });
    });
    return { method: "POST", path: `${userPath}/${name}`, shape: "page", handler };
  });
  return [sheet, ...forms];
}
