import { type Frame, html, icon, notice, type Person, renderStage } from "../../ui/index.ts";

export interface RecoveryCodesProps {
  person: Person;
  codes: readonly string[];
  /** Whether the authenticator app was turned on a moment ago, and not only the codes made anew. */
  added: boolean;
  /** Where it goes on. */
  next: string;
}

/** The answer to the form that made them, so that they are in no address and on no page that can be opened again. */
export function renderRecoveryCodes(frame: Frame, { person, codes, added, next }: RecoveryCodesProps): string {
  const words = frame.text.totp;
  return renderStage(frame, {
    title: words.onceTitle,
    person,
    body: html`<div class="slip slip-mid"><section class="stub stack"><div class="stack-s"><h1>${words.onceTitle}</h1>${added && html`<p class="mut">${words.onceAdded}</p>`}</div>
    ${notice("caution", words.onceLede, true)}
    <p class="code code-big" id="recovery-codes">${codes.join("\n")}</p>
    <div class="group"><h2 class="head">${icon("key", 18)}${words.onceKeep}</h2><ul class="dashes gap-s">${words.onceRows.map((row) => html`<li>${row}</li>`)}</ul></div>
    <div class="actions"><a class="btn btn-1" href="${next}">${words.done}</a></div></section></div>`,
  });
}
