import {
  bill,
  type Content,
  type Frame,
  html,
  icon,
  type Markup,
  notice,
  type Period,
  type Person,
  perforation,
  renderStage,
  time,
} from "../../ui/index.ts";

export interface KeyOnceProps {
  person: Person;
  /** The platform's own address, where calls go. */
  issuer: string;
  name: string;
  key: string;
  /** Whether money can be spent with it. */
  spends: boolean;
  /** A cap of its own. */
  cap: { limitMicros: number; period: Period } | null;
  endsAt: number | null;
}

/** The answer to the form that made the key, so that it is in no address and on no page that can be opened again. */
export function renderKeyOnce(frame: Frame, props: KeyOnceProps): string {
  const words = frame.text.keyOnce;
  const title = words.title(props.name);
  return renderStage(frame, {
    title,
    person: props.person,
    body: html`<div class="slip slip-mid"><section class="stub stack"><div class="id"><span class="tile">${icon("key", 20)}</span><h1>${title}</h1></div>
    ${notice("caution", words.copyNow, true)}
    <div><p class="label">${words.key}</p><p class="code code-big" id="secret" dir="ltr">${props.key}</p></div>
    <div class="group stack-s"><h2>${words.use}</h2>${use(frame, props)}<p class="fine">${words.keep}</p></div></section>
  ${perforation()}
  <section class="stub stub-bill stack" aria-labelledby="limits"><h2 id="limits">${words.limits}</h2>${limits(frame, props)}
    <div class="actions"><a class="btn btn-1" href="/account/keys">${words.done}</a></div></section></div>`,
  });
}

/** The key itself stands in no command: those are remembered by the shell they are typed into. */
function use({ text }: Frame, { issuer, spends }: KeyOnceProps): Content {
  const words = text.keyOnce;
  const header = "Authorization: Bearer $KEY";
  if (!spends) return example(words.header, header);
  return [example(words.models, `curl ${issuer}/v1/models -H "${header}"`), example(words.client, `${issuer}/v1`)];
}

function example(lede: string, code: string): Markup {
  return html`<p class="mut">${lede}</p><p class="code" dir="ltr">${code}</p>`;
}

function limits({ text }: Frame, { spends, cap, endsAt }: KeyOnceProps): Markup {
  const words = text.keyOnce;
  const most = cap ? words.upTo(cap.limitMicros, cap.period) : words.noCap;
  return bill([
    { label: words.cap, amount: spends ? most : words.nothing },
    { label: words.ends, amount: endsAt === null ? words.never : time(endsAt, words.endsOn(endsAt)) },
  ]);
}
