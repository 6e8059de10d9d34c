import { emptyRoom, type Frame, html, type Markup, renderHall, time } from "../../ui/index.ts";

export const outboxPath = "/dev/outbox";

export interface OutboxLetter {
  id: string;
  to: string;
  subject: string;
  /** The plain form. */
  text: string;
  createdAt: number;
}

/** Where mail lands on a development machine. */
export function renderOutbox(frame: Frame, letters: readonly OutboxLetter[]): string {
  const words = frame.text.outbox;
  return renderHall(frame, {
    title: words.title,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack"><p class="mut">${words.lede}</p>
  ${letters.length === 0 ? emptyRoom(words.empty, words.emptyLede) : letters.map((letter) => panel(frame, letter))}</div>`,
  });
}

function panel({ text }: Frame, { id, to, subject, text: plain, createdAt }: OutboxLetter): Markup {
  const words = text.outbox;
  return html`<article class="panel stack-s" id="${id}"><div class="stack-s"><h2>${subject}</h2>
    <p class="fine">${words.to(html`<bdi>${to}</bdi>`)}, ${time(createdAt, words.sent(createdAt))}. <a href="${outboxPath}/mail?id=${encodeURIComponent(id)}">${words.asHtml}</a></p></div>
    <pre class="code">${plain}</pre></article>`;
}
