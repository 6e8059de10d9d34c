import { emptyRoom, type Frame, html, type Markup, textField, time } from "../../ui/index.ts";
import { addressOf, pager, renderOperatorPage, type Staff } from "./operator-frame.ts";

export interface AuditFace {
  id: string;
  at: number;
  actor: string;
  action: string;
  subject: string;
  /** JSON. */
  detail: string;
}

export interface OperatorAuditProps {
  staff: Staff;
  asked: { actor?: string | undefined; action?: string | undefined; subject?: string | undefined };
  lines: readonly AuditFace[];
  before?: string | undefined;
  olderBefore?: string | undefined;
}

export const auditPath = "/operator/audit";

/** `GET /operator/audit` with `actor`, `action`, `subject`. */
export function renderOperatorAudit(
  frame: Frame,
  { staff, asked, lines, before, olderBefore }: OperatorAuditProps,
): string {
  const words = frame.text.operator;
  const field = (name: keyof typeof asked, label: string, help?: string) =>
    textField({
      name,
      label,
      ...(asked[name] !== undefined && { value: asked[name] }),
      ...(help && { help }),
      verbatim: true,
      autocomplete: "off",
      maxLength: 128,
    });
  return renderOperatorPage(frame, {
    room: "audit",
    staff,
    body: html`<form class="panel stack" method="get" action="${auditPath}" role="search">${field("actor", words.actor)}${field("action", words.action, words.actionHelp)}${field("subject", words.subject)}<div class="row"><button class="btn">${words.filterNow}</button></div></form>
  ${lines.length === 0 ? emptyRoom(words.noLines, words.noLinesLede) : list(frame, lines)}
  ${pager(frame, { begun: before && addressOf(auditPath, asked), older: olderBefore && addressOf(auditPath, { ...asked, before: olderBefore }) })}`,
  });
}

function list(frame: Frame, lines: readonly AuditFace[]): Markup {
  const words = frame.text.operator;
  const rows = lines.map(
    ({ at, actor, action, subject, detail }) =>
      html`<li><div class="stack-xs"><p class="row"><b>${action}</b><span class="fine num">${time(at, words.moment(at))}</span></p><dl class="facts fine"><dt>${words.actor}</dt><dd class="mono"><bdi>${actor}</bdi></dd><dt>${words.subject}</dt><dd class="mono"><bdi>${subject}</bdi></dd>${detail !== "{}" && html`<dt>${words.detail}</dt><dd class="mono"><bdi>${detail}</bdi></dd>`}</dl></div></li>`,
  );
  return html`<section class="panel" aria-label="${words.audit}"><ul class="rows">${rows}</ul></section>`;
}
