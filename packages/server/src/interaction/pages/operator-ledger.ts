import { emptyRoom, exactText, type Frame, html, type Markup, textField, time } from "../../ui/index.ts";
import { addressOf, pager, renderOperatorPage, type Staff } from "./operator-frame.ts";

export interface EntryFace {
  seq: number;
  at: number;
  kind: string;
  from: string;
  to: string;
  amountMicros: number;
  balanceAfterMicros: number;
  reference: string;
}

export interface OperatorLedgerProps {
  staff: Staff;
  /** What was asked for; undefined before. */
  wallet?: string | undefined;
  /** Undefined when there is no such wallet. */
  found?: { balanceMicros: number; heldMicros: number; entries: readonly EntryFace[] } | undefined;
  before?: string | undefined;
  olderBefore?: string | undefined;
}

export const ledgerPath = "/operator/ledger";

/** `GET /operator/ledger` with `wallet`. */
export function renderOperatorLedger(
  frame: Frame,
  { staff, wallet, found, before, olderBefore }: OperatorLedgerProps,
): string {
  const words = frame.text.operator;
  const field = textField({
    name: "wallet",
    label: words.walletId,
    ...(wallet !== undefined && { value: wallet }),
    help: words.walletHelp,
    verbatim: true,
    autocomplete: "off",
    maxLength: 128,
  });
  return renderOperatorPage(frame, {
    room: "ledger",
    staff,
    body: html`<form class="panel stack" method="get" action="${ledgerPath}" role="search">${field}<div class="row"><button class="btn">${words.show}</button></div></form>
  ${wallet !== undefined && (found ? statement(frame, found) : emptyRoom(words.noWallet, words.noWalletLede))}
  ${pager(frame, { begun: before && addressOf(ledgerPath, { wallet }), older: olderBefore && addressOf(ledgerPath, { wallet, before: olderBefore }) })}`,
  });
}

function statement({ text }: Frame, found: NonNullable<OperatorLedgerProps["found"]>): Markup {
  const words = text.operator;
  const { balanceMicros, heldMicros, entries } = found;
  const dollars = (micros: number) => exactText(micros, text.language);
  const heads = html`<tr><th scope="col">${words.entry}</th><th scope="col">${words.kind}</th><th scope="col" class="wide-only">${words.when}</th><th scope="col" class="r">${words.amount}</th><th scope="col" class="r">${words.balanceAfter}</th></tr>`;
  const rows = entries.map(
    ({ seq, at, kind, from, to, amountMicros, balanceAfterMicros }) =>
      html`<tr><td class="num">${seq}</td><td>${kind}<span class="fine wide-only"><br>${from} → ${to}</span></td><td class="mut wide-only">${time(at, words.moment(at))}</td><td class="r">${dollars(amountMicros)}</td><td class="r">${dollars(balanceAfterMicros)}</td></tr>\n`,
  );
  return html`<section class="panel stack" aria-label="${words.statement}"><dl class="facts"><dt>${words.balance}</dt><dd class="num">${dollars(balanceMicros)}</dd><dt>${words.held}</dt><dd class="num">${dollars(heldMicros)}</dd></dl>
  <div class="scroll" tabindex="0"><table class="table"><caption class="vh">${words.statement}</caption><thead>${heads}</thead><tbody>${rows}</tbody></table></div></section>`;
}
