import { type ConsentQuestion, describeConsent, findLiveGrant, judgeAnswer } from "../consent/index.ts";
import { inTx } from "../context.ts";
import { type Form, readForm, readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { approveDevice, denyDevice, findDeviceRequest, type OpenedRequest } from "../oauth/index.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";
import { faceOf } from "./account/apps-of.ts";
import { isRecentlySignedIn } from "./account/freshness.ts";
import { signInPath } from "./account/signed-in.ts";
import { readAnswer, readConsentForm, shownDigest } from "./consent-form.ts";
import { consentProps, type Shown } from "./consent-props.ts";
import type { Desk, Visitor } from "./desk.ts";
import { type DeviceTicket, openTicket, sealTicket } from "./device-ticket.ts";
import { notYours } from "./not-yours.ts";
import { renderConsent } from "./pages/consent.ts";
import { renderDeviceDone } from "./pages/device.ts";

export const deviceConsentPath = "/device/consent";
const donePath = "/device/done";
const purpose = "device-consent";

/** A request that this very session opened. */
interface Owned extends OpenedRequest {
  ticket: DeviceTicket;
  visitor: Visitor;
}

/** The same question as an app's own, put afresh each time: anybody can begin a sign-in on a device and show its code. */
export function createDeviceConsentRoutes(desk: Desk): Route[] {
  const show: Handler = async (browser, info) => {
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return redirect(signInPath("/device"));
    const owned = await own(desk, visitor, readQuery(info.query).get("request"));
    if (isOver(desk, owned)) return toDone(desk, owned);
    return askPage(desk, owned, await ask(desk, owned));
  };

  const answer: Handler = async (browser) => {
    const form = await readForm(browser, { repeatable: ["scope"] });
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return redirect(signInPath("/device"));
    desk.csrf.check(browser, form, { purpose, binding: visitor.session.id });
    const owned = await own(desk, visitor, form.get("request"));
    if (isOver(desk, owned)) return toDone(desk, owned);
    return decide(desk, owned, form);
  };

  const done: Handler = async (browser, info) => {
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return redirect(signInPath("/device"));
    const owned = await own(desk, visitor, readQuery(info.query).get("request"));
    if (!isOver(desk, owned)) return redirect(`${deviceConsentPath}?request=${sealTicket(desk.sealer, owned.ticket)}`);
    const outcome = owned.request.outcome ?? "expired";
    return desk.page(
      renderDeviceDone(desk.frame(visitor), { person: visitor.person, app: faceOf(owned.app), outcome }),
    );
  };

  return [
    { method: "GET", path: deviceConsentPath, shape: "page", handler: show },
    { method: "POST", path: deviceConsentPath, shape: "page", handler: answer },
    { method: "GET", path: donePath, shape: "page", handler: done },
  ];
}

/**
 * @throws Fault `not_found` when the request or its app has ended; `forbidden` when another session opened it. Whoever was
 * first decides, so that nobody is made to finish what somebody else began.
 */
async function own({ ctx, sealer }: Desk, visitor: Visitor, sealed: string | undefined): Promise<Owned> {
  const ticket = openTicket(sealer, sealed);
  const opened = ticket && (await findDeviceRequest(ctx, ticket.id));
  if (!opened) throw new Fault("not_found", "No device waits for this.");
  if (opened.request.sessionId !== visitor.session.id) {
    throw notYours("device_of_another_session", "Another session opened this code.");
  }
  return { ...opened, ticket, visitor };
}

function isOver({ ctx }: Desk, { request }: Owned): boolean {
  return request.outcome !== null || request.expiresAt <= ctx.clock.now();
}

function toDone({ sealer }: Desk, { ticket }: Owned): Response {
  return redirect(`${donePath}?request=${sealTicket(sealer, ticket)}`);
}

interface Asking {
  question: ConsentQuestion;
  /** Stands for everything a person agrees to. */
  shown: string;
  /** Of what is allowed to this app already. */
  grantId: string | undefined;
}

async function ask(desk: Desk, { request, app, visitor }: Owned): Promise<Asking> {
  const { ctx } = desk;
  const { user, session } = visitor;
  const grant = await findLiveGrant(ctx, user.id, app.id);
  const asked = request.asked;
  const question = await describeConsent(ctx, {
    user,
    app,
    redirectUri: null,
    grant,
    asked,
    words: desk.frame(visitor).text,
    afresh: true,
  });
  return { question, shown: shownDigest([user.id, session.id, request.id], question), grantId: grant?.id };
}

function askPage(
  desk: Desk,
  { ticket, visitor }: Owned,
  { question, shown }: Asking,
  again: Pick<Shown, "form" | "fault" | "review"> = {},
): Response {
  const request = sealTicket(desk.sealer, { ...ticket, shown });
  const csrf = desk.csrf.token({ purpose, binding: visitor.session.id });
  const props = consentProps(desk, question, { csrf, request, visitor, ...again });
  const markup = renderConsent(desk.frame(visitor), {
    ...props,
    device: { userCode: ticket.userCode, action: deviceConsentPath },
  });
  return desk.page(markup, { status: again.fault ? 400 : 200 });
}

async function decide(desk: Desk, owned: Owned, form: Form): Promise<Response> {
  const { ctx } = desk;
  const { request, app, ticket, visitor } = owned;
  const { user, session } = visitor;
  const deciding = { request, app, user, session };
  const written = readConsentForm(form);
  const deny = async () => {
    await inTx(ctx, (tx) => denyDevice(tx, deciding));
    return toDone(desk, owned);
  };
  if (written.decision === "deny") return deny();
  const asking = await ask(desk, owned);
  if (asking.shown !== ticket.shown) return askAgain(desk, owned);
  const read = readAnswer(ctx, asking.question, written, request.asked.proposal);
  if (!read.ok) return askPage(desk, owned, asking, { form: written, fault: read.fault });
  const { answer } = read;
  if (written.decision === "review") {
    return askPage(desk, owned, asking, { form: written, review: answer.terms ?? undefined });
  }
  // With a grant it goes on: what is not given now is taken back from it.
  if (answer.granted.length === 0 && asking.grantId === undefined) return deny();
  const workspaceId = read.workspaceId ?? (await getPersonalWorkspace(ctx, user.id)).id;
  const judged = { grantId: asking.grantId, mayRaise: isRecentlySignedIn(ctx, session) };
  const given = await inTx(ctx, async (tx) => {
    const verdict = await judgeAnswer(tx, { userId: user.id, appId: app.id }, answer, judged);
    // As it answers: a grant that came with no decision is taken back with the transaction.
    return verdict.ok ? approveDevice(tx, deciding, { workspaceId, answer }) : verdict;
  });
  // The code stays this session's: whoever has signed in anew begins again, with a new code of the device.
  if (!given.ok && given.why === "raises") return redirect(signInPath("/device"));
  if (!given.ok && given.why === "stale") return askAgain(desk, owned);
  return toDone(desk, owned);
}

/** The question is another one by now; of a button pressed twice, because the first press has answered it. */
async function askAgain(desk: Desk, { visitor, ticket }: Owned): Promise<Response> {
  const owned = await own(desk, visitor, sealTicket(desk.sealer, ticket));
  return isOver(desk, owned) ? toDone(desk, owned) : askPage(desk, owned, await ask(desk, owned));
}
