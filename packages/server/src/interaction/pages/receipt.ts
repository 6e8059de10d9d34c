import {
  type AppFace,
  appTile,
  type BillRow,
  bill,
  callText,
  exactText,
  type Frame,
  html,
  icon,
  type Markup,
  type Period,
  payerName,
  perforation,
  time,
} from "../../ui/index.ts";

/** One settled call in full. Money is micro-dollars; prices are micro-dollars per million tokens. */
export interface Receipt {
  id: string;
  at: number;
  /** Null for the person's own keys. */
  app: AppFace | null;
  model: string;
  /** Input tokens without the cached ones. */
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  prices: { input: number; cachedInput: number; output: number; call: number };
  costMicros: number;
  /** Above what was held: carried by the platform. */
  lossMicros: number;
  heldMicros: number;
  /** The upstream reported nothing, so we counted. */
  estimated: boolean;
  payer: string;
  cap?: { limitMicros: number; period: Period };
}

export function receiptSlip(frame: Frame, receipt: Receipt): Markup {
  const words = frame.text.usage;
  const tile = receipt.app ? appTile(receipt.app, true) : html`<span class="tile tile-sm">${icon("key", 18)}</span>`;
  const when = time(receipt.at, words.receiptTime(receipt.at));
  return html`<section class="slip" id="receipt" aria-labelledby="receipt-title">
  <div class="stub stack"><div class="id">${tile}<div><h2 id="receipt-title">${receipt.app?.name ?? words.ownKeys}</h2><p class="fine num">${when}</p></div></div>
  ${bill(priceRows(frame, receipt))}</div>
  ${perforation()}
  <div class="stub stub-bill stack-s">${bill([
    { label: words.held, amount: callText(receipt.heldMicros, frame.text.language) },
    {
      label: words.givenBack,
      amount: callText(Math.max(0, receipt.heldMicros - receipt.costMicros), frame.text.language),
    },
  ])}
  <p class="fine">${payment(frame, receipt)}</p>
  <div class="fine"><p>${words.receipt}</p><p class="mono"><bdi>${receipt.id}</bdi></p></div></div>
</section>`;
}

/** Every part at its price, then what rounding adds and the platform carries, so that the rows make the sum. */
function priceRows(frame: Frame, receipt: Receipt): BillRow[] {
  const words = frame.text.usage;
  const { prices } = receipt;
  const priced = [
    { tokens: receipt.inputTokens, price: prices.input, say: words.tokensInCount },
    { tokens: receipt.cachedInputTokens, price: prices.cachedInput, say: words.tokensCachedCount },
    { tokens: receipt.outputTokens, price: prices.output, say: words.tokensOutCount },
  ].map(({ tokens, price, say }) => ({ tokens, price, say, micros: wholeMicros(tokens, price) }));
  const parts = priced.filter(({ tokens }) => tokens > 0);
  const counted = parts.reduce((sum, { micros }) => sum + micros, prices.call);
  const rounding = receipt.costMicros + receipt.lossMicros - counted;
  const rows: BillRow[] = parts.map(({ tokens, price, say, micros }) => ({
    label: html`${say(tokens)} <span class="fine">${words.aMillion(exactText(price, frame.text.language))}</span>`,
    amount: callText(micros, frame.text.language),
  }));
  if (prices.call > 0) rows.push({ label: words.perCall, amount: callText(prices.call, frame.text.language) });
  if (rounding > 0) rows.push({ label: words.roundedUp, amount: callText(rounding, frame.text.language) });
  if (receipt.lossMicros > 0) {
    rows.push({ label: words.carried(frame.brand.name), amount: callText(-receipt.lossMicros, frame.text.language) });
  }
  return [
    { label: words.model, amount: receipt.model, kind: "mono" },
    ...rows,
    { label: words.price, amount: callText(receipt.costMicros, frame.text.language), kind: "sum" },
  ];
}

/** Rounded down: the call is rounded up once, as a whole. */
function wholeMicros(tokens: number, microsPerMillion: number): number {
  return Number((BigInt(tokens) * BigInt(microsPerMillion)) / 1_000_000n);
}

function payment({ text }: Frame, { payer: paying, cap, estimated }: Receipt): string {
  const payer = payerName(text, paying);
  const words = text.usage;
  const paid = cap ? words.paidInside(payer, cap.limitMicros, cap.period) : words.paidBy(payer);
  return `${paid} ${estimated ? words.estimated : words.reported}`;
}
