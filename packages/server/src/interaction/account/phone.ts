import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import {
  createPhoneProofs,
  createPhoneVerifier,
  type PhoneOwner,
  type PhoneProofs,
  readPhoneNumber,
  removePhone,
  showPhoneNumber,
} from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { createNetworkLimiter } from "../network-limiter.ts";
import { type PhonePending, type PhoneProblem, type PhoneProps, phonePath, renderPhone } from "../pages/phone.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted, type Visit } from "./signed-in.ts";

const purpose = "phone";

/** However many accounts somebody has, one network costs no more messages than this. */
const peerLimit = { attempts: 10, seconds: 3600 };
/** Typing codes in. Each code has its own few attempts beside. */
const answerLimit = { attempts: 60, seconds: 600 };

const statuses: Readonly<Record<PhoneProblem["kind"], number>> = {
  ...{ number: 400, wrong: 400, dead: 400, taken: 400 },
  ...{ limit: 429, wait: 429, crowded: 503, busy: 503, unavailable: 503 },
};

type Submitted = Visit & { form: Form };

interface Shown extends Pick<PhoneProps, "problem" | "written" | "done"> {
  proof?: string | undefined;
}

/** The phone number of a person: proven by a code. None of it exists where numbers are not verified. */
export function phoneRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  const verifier = createPhoneVerifier(ctx);
  if (!verifier) return [];
  const countries = ctx.config.phone.kind === "verify" ? ctx.config.phone.countries : undefined;
  const proofs = createPhoneProofs(ctx, desk.sealer, verifier);
  const sends = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });
  const answers = createNetworkLimiter({ clock: ctx.clock, ...answerLimit });

  async function show(visitor: Visitor, { proof, ...shown }: Shown): Promise<Response> {
    const { person, session, user } = visitor;
    const markup = renderPhone(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      number: user.phone === null ? null : await showPhoneNumber(user.phone),
      fresh: isRecentlySignedIn(ctx, session),
      pending: await pendingOf(proofs, visitor, proof),
      ...shown,
    });
    return desk.page(markup, { status: shown.problem ? statuses[shown.problem.kind] : 200 });
  }

  async function send({ visitor, form, info }: Submitted): Promise<Response> {
    if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(phonePath));
    const written = form.get("number")?.slice(0, 64) ?? "";
    const number = await readPhoneNumber(written, countries);
    if (number === undefined) return show(visitor, { written, problem: { kind: "number" } });
    if (number === visitor.user.phone) return redirect(`${phonePath}?done=confirmed`);
    const seconds = sends.attempt(info.peer);
    if (seconds > 0) return show(visitor, { written, problem: { kind: "wait", milliseconds: 1000 * seconds } });
    const sent = await proofs.send(ownerOf(visitor), number, desk.frame(visitor).text.language);
    if (!sent.ok) return show(visitor, { written, problem: { kind: sent.why } });
    return redirect(`${phonePath}?proof=${sent.ticket}`);
  }

  async function confirm({ visitor, form, info }: Submitted): Promise<Response> {
    const proof = form.get("proof");
    const seconds = answers.attempt(info.peer);
    if (seconds > 0) return show(visitor, { proof, problem: { kind: "wait", milliseconds: 1000 * seconds } });
    const verdict = await proofs.confirm(ownerOf(visitor), proof, form.get("code") ?? "");
    if (verdict.ok) return redirect(`${phonePath}?done=confirmed`);
    const goesOn = verdict.why !== "dead" && verdict.why !== "taken";
    return show(visitor, { proof: goesOn ? proof : undefined, problem: { kind: verdict.why } });
  }

  async function remove({ visitor }: Submitted): Promise<Response> {
    if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(phonePath));
    const removed = await inTx(ctx, (tx) => removePhone(tx, visitor.user.id));
    return redirect(removed ? `${phonePath}?done=removed` : phonePath);
  }

  const look = ({ visitor, info }: Visit) => {
    const asked = readQuery(info.query);
    const done = asked.get("done");
    return show(visitor, {
      proof: asked.get("proof"),
      done: done === "confirmed" || done === "removed" ? done : undefined,
    });
  };

  const post = (act: (sent: Submitted) => Promise<Response>) => submitted(desk, purpose, phonePath, act);
  return [
    { method: "GET", path: phonePath, shape: "page", handler: signedIn(desk, look) },
    { method: "POST", path: `${phonePath}/send`, shape: "page", handler: post(send) },
    { method: "POST", path: `${phonePath}/confirm`, shape: "page", handler: post(confirm) },
    { method: "POST", path: `${phonePath}/remove`, shape: "page", handler: post(remove) },
  ];
}

function ownerOf({ user, session }: Visitor): PhoneOwner {
  return { userId: user.id, sessionId: session.id };
}

async function pendingOf(
  proofs: PhoneProofs,
  visitor: Visitor,
  proof: string | undefined,
): Promise<PhonePending | undefined> {
  const pending = proofs.look(ownerOf(visitor), proof);
  if (!pending || proof === undefined) return undefined;
  return { ...pending, proof, shown: await showPhoneNumber(pending.number) };
}
