import type {
  AskedPermission,
  ConsentAnswer,
  ConsentQuestion,
  Terms,
  TermsFault,
  TermsForm,
} from "../consent/index.ts";
import { readTerms } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import type { Form } from "../http/form.ts";
import { sha256Base64Url } from "../kernel/hash.ts";

export type Decision = "review" | "allow" | "deny" | "identity";

/** The form of the consent page as a person left it. */
export interface ConsentForm {
  decision: Decision;
  ticked: readonly string[];
  workspaceId: string | undefined;
  terms: TermsForm;
}

/** Whatever is not clearly one of the other buttons only shows the page again. */
export function readConsentForm(form: Form): ConsentForm {
  const decision = form.get("decision");
  return {
    decision: decision === "allow" || decision === "deny" || decision === "identity" ? decision : "review",
    ticked: form.all("scope"),
    workspaceId: form.get("workspace"),
    terms: {
      amount: form.get("cap_amount") ?? "",
      period: form.get("cap_period") ?? "",
      day: form.get("cap_day") ?? "",
      until: form.get("until") ?? "",
    },
  };
}

export type AnswerVerdict =
  | { ok: true; answer: ConsentAnswer /** Who pays, where money was allowed. */; workspaceId: string | undefined }
  /** Without a fault the page itself was not one that we showed. */
  | { ok: false; fault?: TermsFault };

/** What a person decided, or would decide by pressing Allow. */
export function readAnswer(
  ctx: Ctx,
  question: ConsentQuestion,
  form: ConsentForm,
  proposal: ConsentAnswer["proposal"],
): AnswerVerdict {
  const { know, spending } = question;
  const isGiven = ({ scope, optional }: AskedPermission) => !optional || form.ticked.includes(scope);
  const spends = form.decision === "identity" ? [] : (spending?.permissions ?? []).filter(isGiven);
  const given = [...know.filter(isGiven), ...spends].map(({ scope }) => scope);
  const asked = [...know, ...(spending?.permissions ?? [])].map(({ scope }) => scope);
  const withheld = asked.filter((scope) => !given.includes(scope));
  let terms: Terms | null = null;
  if (spending && spends.length > 0) {
    if (!spending.payers.some(({ id }) => id === form.workspaceId)) return { ok: false };
    const read = readTerms(form.terms, ctx.config.budgets.ceilings, ctx.clock.now());
    if (!read.ok) return read;
    terms = read.terms;
  }
  return {
    ok: true,
    answer: { granted: given, withheld, terms, proposal },
    workspaceId: terms ? form.workspaceId : undefined,
  };
}

/** Stands for everything on the page that a person agrees to; what moves by itself, such as a balance, is left out. */
export function shownDigest(binding: readonly string[], { app, know, spending, kept }: ConsentQuestion): string {
  const { name, host, logoPath, changedAt } = app;
  const money = spending && { ...spending, payers: spending.payers.map(({ id, name }) => [id, name]) };
  const stays = kept && { sentences: kept.sentences, cap: kept.bill?.cap, payer: kept.bill?.payer };
  return sha256Base64Url(JSON.stringify([binding, name, host, logoPath, changedAt, know, money, stays]));
}
