import type { Ctx } from "../context.ts";
import { type Cookies, createCookies } from "../http/cookies.ts";
import { type Csrf, createCsrf } from "../http/csrf.ts";
import { pageHeaders } from "../http/headers.ts";
import { htmlResponse } from "../http/respond.ts";
import type { Fault, FaultCode } from "../kernel/faults.ts";
import type { Sealer } from "../kernel/seal.ts";
import { findSessionUser, type Session, type User } from "../people/index.ts";
import type { Brand, Frame, Person } from "../ui/index.ts";
import { reasonOf } from "./not-yours.ts";
import { type FatalReason, renderFatalError } from "./pages/fatal-error.ts";
import { renderNotFound } from "./pages/not-found.ts";
import { renderServerError } from "./pages/server-error.ts";
import { createReaders, type Reader } from "./reader.ts";

/** Somebody who is signed in. */
export interface Visitor {
  browser: Request;
  session: Session;
  user: User;
  /** As the bar of every page names them. */
  person: Person;
}

export interface PageOptions {
  status?: number;
  cookies?: readonly string[];
  /** False where a form ends in a redirect to an app. @default true */
  ownForms?: boolean;
  /** The path of the one script of ours that the page runs. @default none */
  script?: string;
}

/** What every page needs: the frame around it, its headers, and who is looking at it. */
export interface Desk {
  readonly ctx: Ctx;
  readonly sealer: Sealer;
  readonly cookies: Cookies;
  readonly csrf: Csrf;
  /** In the language of whoever reads the page; without a reader, in English. */
  frame(reader?: Reader): Frame;
  /** For the pages that answer this browser: the languages that the app asked for, which the sealed request carries. */
  askedIn(browser: Request, uiLocales: string | null): void;
  page(markup: string, options?: PageOptions): Response;
  faultPage(fault: Fault, reference: string, browser: Request): Response;
  findVisitor(request: Request): Promise<Visitor | undefined>;
  /** Both bar forms, signing out and switching the account, carry the token of the session. */
  personOf(session: Session, user: User): Person;
}

/** The purpose of the form token in the bar. */
export const barPurpose = "bar";

export function createDesk(ctx: Ctx, sealer: Sealer): Desk {
  const { issuer } = ctx.config;
  const brand = servedBrand(ctx.config.brand);
  const cookies = createCookies(issuer);
  const csrf = createCsrf({ sealer, issuer });
  const images = brand.logoUrl === undefined ? [] : [brand.logoUrl];
  const headers = { own: pageHeaders({ issuer, images }), away: pageHeaders({ issuer, images, ownForms: false }) };
  const readers = createReaders(cookies);
  const frame = (reader?: Reader): Frame => ({ brand, now: ctx.clock.now(), ...readers.wordsFor(reader) });
  const page = (markup: string, { status, cookies: set, ownForms = true, script }: PageOptions = {}) => {
    const usual = ownForms ? headers.own : headers.away;
    return htmlResponse(markup, {
      status,
      cookies: set,
      headers: {
        ...(script === undefined ? usual : pageHeaders({ issuer, images, ownForms, script })),
        ...spoken(markup),
      },
    });
  };
  const personOf = (session: Session, user: User): Person => ({
    label: user.email ?? user.username,
    csrf: csrf.token({ purpose: barPurpose, binding: session.id }),
  });
  return {
    ctx,
    sealer,
    cookies,
    csrf,
    frame,
    askedIn: readers.askedIn,
    page,
    personOf,
    faultPage(fault, reference, browser) {
      const response = page(faultMarkup(frame(browser), fault, reference), { status: fault.status });
      for (const [name, value] of Object.entries(fault.headers)) response.headers.set(name, value);
      return response;
    },
    async findVisitor(request) {
      const found = await findSessionUser(ctx, cookies.read(request, "session"));
      if (!found) return undefined;
      readers.signedIn(request, found.user);
      return { ...found, browser: request, person: personOf(found.session, found.user) };
    },
  };
}

/** A logo that stands in the configuration is served by us; one elsewhere is only named. */
function servedBrand(brand: Brand): Brand {
  return brand.logoUrl?.startsWith("data:") ? { ...brand, logoUrl: "/brand/logo" } : brand;
}

const languageOf = /<html lang="([\w-]+)"/;

/** The language is what the page itself says (RFC 9110 8.5, 12.5.5). */
function spoken(markup: string): Record<string, string> {
  const language = languageOf.exec(markup.slice(0, 200))?.[1];
  return { vary: "Accept-Language, Cookie", ...(language && { "content-language": language }) };
}

const reasons: Partial<Record<FaultCode, FatalReason>> = {
  forbidden: "form_invalid",
  rate_limited: "too_many_attempts",
  payload_too_large: "too_large",
  method_not_allowed: "page_unknown",
  unsupported_media_type: "form_unreadable",
};

function faultMarkup(frame: Frame, fault: Fault, reference: string): string {
  if (fault.code === "not_found") return renderNotFound(frame);
  if (fault.status >= 500) return renderServerError(frame, { reference, busy: fault.status === 503 });
  const reason = reasonOf(fault) ?? reasons[fault.code] ?? "request_invalid";
  return renderFatalError(frame, { error: fault.code, reason, reference });
}
