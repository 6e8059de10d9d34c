import {
  type Content,
  type Frame,
  hidden,
  html,
  isoDate,
  type Markup,
  moneyField,
  notice,
  type Period,
  type Person,
  perforation,
  renderRoom,
  textField,
  tickRow,
} from "../../ui/index.ts";
import { newKeyPath } from "./keys.ts";

const dayMs = 86_400_000;

/** The form of a key as it was written, or as the page begins. */
export interface KeyValues {
  name: string;
  scopes: readonly string[];
  /** Dollars; empty for no cap of its own. */
  amount: string;
  period: Period;
  /** `YYYY-MM-DD`; empty for no end. */
  until: string;
}

/** What is wrong with which field, in the order of the page. */
export interface KeyFaults {
  name?: "name";
  scopes?: "scopes";
  amount?: "form" | "zero";
  until?: "past" | "date";
}

/** Why a form that is right makes no key now. */
export type KeyRefusal = { kind: "many" } | { kind: "wait"; milliseconds: number };

export interface KeyNewProps {
  person: Person;
  csrf: string;
  /** Whether the person signed in a moment ago: else there is only the way to do so. */
  fresh: boolean;
  /** Every permission it may be given, in sentences. */
  scopes: readonly { name: string; title: string /** Tells who the person is. */; about: boolean }[];
  values: KeyValues;
  faults?: KeyFaults;
  refusal?: KeyRefusal | undefined;
}

/** `POST /account/keys/new` with `csrf`, `name`, `scopes` for each ticked box, `cap_amount`, `cap_period` and `until`. */
export function renderKeyNew(frame: Frame, props: KeyNewProps): string {
  const words = frame.text.keyNew;
  return renderRoom(frame, {
    room: "keys",
    title: words.title,
    failed: Object.keys(props.faults ?? {}).length > 0 || props.refusal !== undefined,
    person: props.person,
    body: html`<p class="crumb"><a href="/account/keys">${frame.text.keys.title}</a></p>
  <div class="title"><div class="stack-s"><h1>${words.title}</h1><p class="mut">${words.lede}</p></div></div>
  ${props.fresh ? slip(frame, props) : wayToSignIn(frame)}`,
  });
}

function wayToSignIn({ text }: Frame): Markup {
  const words = text.keyNew;
  const next = encodeURIComponent(newKeyPath);
  return html`<div class="panel row"><a class="btn" href="/sign-in?next=${next}">${words.signInAgain}</a><p class="fine">${words.fresh}</p></div>`;
}

function slip(frame: Frame, props: KeyNewProps): Markup {
  return html`<div class="stack">${problem(frame, props)}
  <form class="slip slip-2" method="post" action="${newKeyPath}">${hidden({ csrf: props.csrf })}
  <section class="stub stack" aria-labelledby="may">${nameField(frame, props)}${boxes(frame, props)}</section>
  ${perforation()}
  <section class="stub stub-bill stack" aria-labelledby="limits">${limits(frame, props)}</section></form></div>`;
}

function problem({ text }: Frame, { faults = {}, refusal }: KeyNewProps): Content {
  const words = text.keyNew;
  if (refusal) return notice("bad", refusal.kind === "many" ? words.many : words.wait(refusal.milliseconds), true);
  const number = Object.keys(faults).length;
  return number > 0 && notice("bad", words.problem(number), true);
}

/** A sentence for one field; only the first with a fault takes the focus. */
function judged({ text }: Frame, faults: KeyFaults = {}, field: keyof KeyFaults) {
  const fault = faults[field];
  return { error: fault && text.keyNew.errors[fault], focus: Object.keys(faults)[0] === field };
}

function nameField(frame: Frame, { values, faults }: KeyNewProps): Markup {
  const words = frame.text.keyNew;
  return textField({
    name: "name",
    label: words.name,
    help: words.nameHelp,
    value: values.name,
    autocomplete: "off",
    required: true,
    maxLength: 64,
    ...judged(frame, faults, "name"),
  });
}

function boxes(frame: Frame, { values, faults, scopes }: KeyNewProps): Markup {
  const words = frame.text.keyNew;
  const { error } = judged(frame, faults, "scopes");
  const ticked = (name: string) => values.scopes.includes(name);
  const list = (about: boolean) => {
    const rows = scopes.filter((scope) => scope.about === about);
    return html`<ul class="perms">${rows.map(({ name, title }) => {
      const detail = html`<bdi class="mono">${name}</bdi>`;
      return html`<li>${tickRow({ name: "scopes", value: name, label: title, detail, ticked: ticked(name) })}</li>`;
    })}</ul>`;
  };
  const open = scopes.some(({ name, about }) => about && ticked(name));
  return html`<fieldset class="group"><legend id="may">${words.may}</legend><p class="fine">${words.mayLede}</p>${error && html`<p class="error">${error}</p>`}
    ${list(false)}
    <details class="more"${open && html` open`}><summary>${words.about}</summary>${list(true)}</details></fieldset>`;
}

function limits(frame: Frame, { values, faults }: KeyNewProps): Content {
  const { text, now } = frame;
  const words = text.keyNew;
  const cap = moneyField(text, {
    name: "cap_amount",
    label: text.money.fieldLabel,
    value: values.amount,
    placeholder: words.noCap,
    period: values.period,
    periodName: "cap_period",
    help: words.capHelp,
    ...judged(frame, faults, "amount"),
  });
  const until = textField({
    name: "until",
    label: words.until,
    type: "date",
    value: values.until,
    min: isoDate(now + dayMs),
    help: words.untilHelp,
    ...judged(frame, faults, "until"),
  });
  return [
    html`<h2 id="limits">${words.limits}</h2>`,
    html`<div class="field"><label for="cap_amount">${words.cap}</label>${cap}</div>`,
    until,
    html`<div class="actions actions-2"><a class="btn" href="/account/keys">${words.leave}</a><button class="btn btn-1">${words.submit}</button></div>`,
  ];
}
