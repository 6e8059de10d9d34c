import {
  type AskedPermission,
  type ConsentQuestion,
  capsOf,
  findScope,
  isPeriod,
  type Terms,
  type TermsFault,
} from "../consent/index.ts";
import { amountInput, isoDate } from "../ui/index.ts";
import type { ConsentForm } from "./consent-form.ts";
import type { Desk, Visitor } from "./desk.ts";
import type { ConsentProps, Permission } from "./pages/consent.ts";

export interface Shown {
  csrf: string;
  /** The sealed request. */
  request: string;
  visitor: Visitor;
  /** What was ticked and written, when the page is shown again. */
  form?: ConsentForm;
  fault?: TermsFault;
  /** The terms as they were understood. */
  review?: Terms;
}

/** The question as the page says it. */
export function consentProps(desk: Desk, question: ConsentQuestion, shown: Shown): ConsentProps {
  const { app, know, kept } = question;
  const { form } = shown;
  return {
    csrf: shown.csrf,
    request: shown.request,
    person: shown.visitor.person,
    app: {
      name: app.name,
      host: app.host ?? "",
      logoUrl: app.logoPath ?? undefined,
      verifiedHost: app.verifiedDomain ?? undefined,
      loopback: app.loopback,
      madeBy: app.madeBy ?? undefined,
      since: app.since,
      people: app.people,
      changedAt: app.changedAt ?? undefined,
    },
    know: know.map((permission) => toPermission(permission, form)),
    spending: question.spending ? toSpending(desk, question.spending, shown) : undefined,
    before: kept ? { titles: kept.sentences, at: kept.at, bill: kept.bill ?? undefined } : undefined,
  };
}

function toPermission(permission: AskedPermission, form: ConsentForm | undefined): Permission {
  const { scope, sentence, detail, optional, allowed } = permission;
  const ticked = form ? form.ticked.includes(scope) : allowed;
  return { scope, title: sentence, detail, optional, ticked, acts: findScope(scope)?.grantable === "user" };
}

function toSpending(
  { ctx }: Desk,
  spending: NonNullable<ConsentQuestion["spending"]>,
  { form, fault, review }: Shown,
): NonNullable<ConsentProps["spending"]> {
  const { start, payers, permissions, proposal, fallback } = spending;
  const written = form?.terms;
  return {
    permissions: permissions.map((permission) => toPermission(permission, form)),
    workspaces: payers,
    workspaceId: form?.workspaceId,
    cap: {
      amount: written?.amount ?? amountInput(start.cap.limitMicros),
      period: written && isPeriod(written.period) ? written.period : start.cap.period,
      day: written?.day ?? (start.dayMicros === null ? undefined : amountInput(start.dayMicros)),
      until: written?.until ?? (start.expiresAt === null ? undefined : isoDate(start.expiresAt)),
    },
    proposal: proposal ?? undefined,
    fallback,
    ceilings: ctx.config.budgets.ceilings,
    error: fault,
    review: review && { caps: capsOf(review.limits), until: review.expiresAt },
  };
}
