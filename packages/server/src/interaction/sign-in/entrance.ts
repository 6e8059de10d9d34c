import { inTx, type Tx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import { findSecondFactor, oneFactor, type SecondFactor, twoFactors, type User } from "../../people/index.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import type { Carried, Onward } from "../onward.ts";
import { leavingPath } from "../pages/leaving.ts";
import { secondFactorPath } from "../pages/second-factor.ts";
import { carryOn } from "../pages/sign-in.ts";
import { type Begun, beginSession } from "./begin-session.ts";
import { keepHalfSignIn } from "./half-sign-in.ts";

export const homePath = "/account/connected";

/** Somebody who has proven who they are in one way. */
export interface Entered<Why extends string = never> {
  user: User;
  /** RFC 8176. */
  amr: readonly string[];
  /** Whether the proof is two factors in one, as a passkey is that knows its user. @default false */
  twofold?: boolean;
  /** What makes the proof good for once, in the transaction in which it counts. A refusal lets nobody in. */
  claim?: (tx: Tx) => Promise<{ ok: true; user: User } | Lost<Why>>;
}

/** Nothing where no proof can be lost. */
export type Lost<Why> = Why extends string ? { ok: false; why: Why } : never;

/** What a sign-in leads on to: an app that waits, or a page of our own. */
export interface Waiting {
  /** The request as the page carried it, and opened. */
  sealed?: string | undefined;
  carried?: Extract<Carried, { ok: true }> | undefined;
  next?: string | undefined;
}

/** The one way from a proof to a session, whatever the proof was. */
export interface Entrance {
  /**
   * Begins a session and goes on to what waits; for somebody with a second factor, who did not show two at once, goes to the
   * page that asks for it and begins nothing.
   */
  admit<Why extends string = never>(
    browser: Request,
    entered: Entered<Why>,
    waiting: Waiting,
  ): Promise<Response | Lost<Why>>;
  /** On to what waits, for somebody whose session began. */
  goOn(browser: Request, begun: Begun, waiting: Waiting, cookies?: readonly string[]): Promise<Response>;
}

export function createEntrance(desk: Desk, onward: Onward): Entrance {
  const { ctx } = desk;

  async function goOn(
    browser: Request,
    { visitor, cookie }: Begun,
    { sealed, carried, next }: Waiting,
    more: readonly string[] = [],
  ): Promise<Response> {
    const cookies = [cookie, ...more];
    // Such a session counts for nothing but taking the deletion back.
    if (visitor.user.deletionDueAt !== null) return redirect(leavingPath + carryOn({ request: sealed, next }), cookies);
    if (!carried) return redirect(next ?? homePath, cookies);
    const standing = { ...carried, visitor };
    return onward.take(await onward.nextStep(standing), standing, browser, { sealed, cookies });
  }

  function askForSecond(
    browser: Request,
    half: { user: User; factor: SecondFactor; amr: readonly string[] },
    { sealed, next }: Waiting,
  ): Response {
    const mark = browserMark(desk, browser);
    const cookies = [keepHalfSignIn(desk, mark.value, half), ...mark.cookies];
    return redirect(secondFactorPath + carryOn({ request: sealed, next }), cookies);
  }

  return {
    goOn,
    async admit(browser, { user: known, amr, twofold = false, claim }, waiting) {
      const before = await desk.findVisitor(browser);
      const passed = await inTx(ctx, async (tx) => {
        const claimed = claim ? await claim(tx) : { ok: true as const, user: known };
        if (!claimed.ok) return claimed;
        const { user } = claimed;
        const factor = twofold ? undefined : await findSecondFactor(tx, user.id);
        if (factor) return { ok: true as const, half: { user, factor, amr } };
        const recognised = { user, amr, acr: twofold ? twoFactors : oneFactor, replaces: before?.session.id };
        return { ok: true as const, begun: await beginSession(desk, tx, browser, recognised) };
      });
      if (!passed.ok) return passed;
      return passed.half ? askForSecond(browser, passed.half, waiting) : goOn(browser, passed.begun, waiting);
    },
  };
}
