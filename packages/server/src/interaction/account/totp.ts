import { Buffer } from "node:buffer";
import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { openJson, type Sealer, sealJson } from "../../kernel/seal.ts";
import {
  countRecoveryCodes,
  describeTotp,
  enrolTotp,
  findSecondFactor,
  removeTotp,
  renewRecoveryCodes,
  totpSecretLength,
  twoFactors,
} from "../../people/index.ts";
import { squaresOf } from "../../ui/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { renderRecoveryCodes } from "../pages/recovery-codes.ts";
import { renderTotp, type TotpProps, type TotpSetupProps, totpPath } from "../pages/totp.ts";
import { beginSession } from "../sign-in/begin-session.ts";
import { withSecond } from "../sign-in/second-factor.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted, type Visit } from "./signed-in.ts";

const purpose = "totp";
const sealPurpose = "totp_setup";
const lifeMs = 3_600_000;

/** A secret that is shown and not in force yet. Stored nowhere, and good in its session only. */
interface Setup {
  sessionId: string;
  /** Base64. */
  secret: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

type Shown = Pick<TotpProps, "open" | "removed" | "request"> & {
  /** Shows the form, with a secret that was shown before or a new one. */
  adds?: { secret?: Uint8Array | undefined; problem?: TotpSetupProps["problem"] } | undefined;
};

/** The authenticator app and the recovery codes: a look for everybody, a change for whoever signed in a moment ago. */
export function totpRoutes(desk: Desk, lasting: Sealer): Route[] {
  const { ctx } = desk;

  const show = (visitor: Visitor, shown: Shown) => showTotp(desk, visitor, shown);

  async function add({ visitor, form, request: browser }: Visit & { form: Form }): Promise<Response> {
    const { user, session } = visitor;
    const request = form.get("request");
    const secret = openSetup(desk, visitor, form.get("setup"));
    if (!secret) return show(visitor, { request, adds: { problem: "expired" } });
    const added = await inTx(ctx, async (tx) => {
      const enrolled = await enrolTotp(tx, lasting, { userId: user.id, secret, code: form.get("code") ?? "" });
      if (!enrolled.ok) return enrolled;
      // The session goes on as one of two factors, under a new cookie (ASVS 7.2.4). A code of a secret that was shown a moment
      // ago proves nobody: the sign-in grows no younger by it.
      const { id: replaces, authenticatedAt } = session;
      const recognised = { user, amr: withSecond(session.amr), acr: twoFactors, replaces, authenticatedAt };
      return { ...enrolled, begun: await beginSession(desk, tx, browser, recognised) };
    });
    if (!added.ok && added.why === "wrong") return show(visitor, { request, adds: { secret, problem: "wrong" } });
    if (!added.ok) return redirect(totpPath);
    const next = request === undefined ? totpPath : `/idp/login?request=${encodeURIComponent(request)}`;
    const person = desk.personOf(added.begun.visitor.session, user);
    const { recoveryCodes: codes, begun } = added;
    return codesPage(desk, visitor, { person, codes, added: true, next }, [begun.cookie]);
  }

  const change = (path: string, act: (visit: Visit & { form: Form }) => Promise<Response>): Route => ({
    method: "POST",
    path: `${totpPath}/${path}`,
    shape: "page",
    handler: submitted(desk, purpose, totpPath, (visit) => {
      const fresh = isRecentlySignedIn(ctx, visit.visitor.session);
      return fresh ? act(visit) : redirect(signInPath(totpPath));
    }),
  });

  return [
    {
      method: "GET",
      path: totpPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => show(visitor, readShown(readQuery(info.query)))),
    },
    change("add", add),
    change("codes", async ({ visitor }) => {
      const codes = await inTx(ctx, (tx) => renewRecoveryCodes(tx, visitor.user.id));
      if (!codes) return redirect(totpPath);
      return codesPage(desk, visitor, { person: visitor.person, codes, added: false, next: totpPath });
    }),
    change("remove", async ({ visitor }) => {
      const removed = await inTx(ctx, (tx) => removeTotp(tx, visitor.user.id));
      return redirect(removed ? `${totpPath}?removed=1` : totpPath);
    }),
  ];
}

async function showTotp(desk: Desk, visitor: Visitor, { adds, ...shown }: Shown): Promise<Response> {
  const { ctx } = desk;
  const { user, session, person } = visitor;
  const fresh = isRecentlySignedIn(ctx, session);
  const factor = await findSecondFactor(ctx, user.id);
  const markup = renderTotp(desk.frame(visitor), {
    person,
    csrf: desk.csrf.token({ purpose, binding: session.id }),
    fresh,
    factor: factor && { createdAt: factor.createdAt, codesLeft: await countRecoveryCodes(ctx, user.id) },
    setup: adds && fresh && !factor ? await describeSetup(desk, visitor, adds) : undefined,
    ...shown,
  });
  return desk.page(markup, { status: adds?.problem ? 400 : 200 });
}

async function describeSetup(
  { ctx, sealer }: Desk,
  { user, session }: Visitor,
  { secret = ctx.random.bytes(totpSecretLength), problem }: NonNullable<Shown["adds"]>,
): Promise<TotpSetupProps> {
  const { uri, key } = await describeTotp(secret, ctx.config.brand.name, user.username);
  const expiresAt = ctx.clock.now() + lifeMs;
  const setup: Setup = { sessionId: session.id, secret: Buffer.from(secret).toString("base64"), expiresAt };
  return { squares: await squaresOf(uri), uri, key, sealed: sealJson(sealer, sealPurpose, setup), problem };
}

function openSetup({ ctx, sealer }: Desk, { session }: Visitor, sealed = ""): Uint8Array | undefined {
  const setup = openJson<Setup>(sealer, sealPurpose, sealed);
  const good = setup?.sessionId === session.id && ctx.clock.now() < setup.expiresAt;
  return good ? Buffer.from(setup.secret, "base64") : undefined;
}

function codesPage(
  desk: Desk,
  visitor: Visitor,
  props: Parameters<typeof renderRecoveryCodes>[1],
  cookies: readonly string[] = [],
): Response {
  return desk.page(renderRecoveryCodes(desk.frame(visitor), props), { cookies });
}

function readShown(asked: Form): Shown {
  const open = asked.get("open");
  return {
    open: open === "renew" || open === "remove" ? open : undefined,
    removed: asked.get("removed") !== undefined,
    adds: asked.get("add") === undefined ? undefined : {},
    request: asked.get("request"),
  };
}
