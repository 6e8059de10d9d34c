import { attribute, type Content, html, type Markup } from "./markup.ts";
import type { Period } from "./money-text.ts";
import type { Text } from "./text/index.ts";

/** Hidden fields; those without a value are left out. */
export function hidden(values: Readonly<Record<string, string | undefined>>): Content {
  return Object.entries(values).map(
    ([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}">`,
  );
}

export interface TextField {
  name: string;
  label: string;
  type?: "text" | "email" | "tel" | "password" | "date" | "url" | "search";
  value?: string;
  autocomplete?: string;
  help?: string;
  error?: string;
  /** The first field with an error takes the focus. */
  focus?: boolean;
  required?: boolean;
  /** Names and addresses: no capital at the start, no spelling marks. */
  verbatim?: boolean;
  maxLength?: number;
  /** The first day that may be chosen, `YYYY-MM-DD`. */
  min?: string;
  /** A whole number; text, because a number field changes by a turn of the wheel. */
  numeric?: boolean;
}

/** A label, a field, and below it what is wrong or else what helps. */
export function textField(field: TextField): Markup {
  const attributes = [
    attribute("inputmode", field.numeric && "numeric"),
    attribute("autocomplete", field.autocomplete),
    attribute("value", field.value),
    attribute("maxlength", field.maxLength),
    attribute("min", field.min),
    field.verbatim && html` autocapitalize="none" spellcheck="false"`,
    attribute("aria-invalid", field.error !== undefined && "true"),
    attribute("aria-describedby", describedBy(field)),
    attribute("required", field.required),
    attribute("autofocus", field.focus),
  ];
  return html`<div class="field"><label for="${field.name}">${field.label}</label>
    <input class="input" id="${field.name}" name="${field.name}" type="${field.type ?? "text"}"${attributes}>${fieldNote(field)}</div>`;
}

export interface TextArea
  extends Pick<TextField, "name" | "label" | "value" | "autocomplete" | "help" | "error" | "focus" | "required"> {
  /** @default 3 */
  rows?: number;
  maxLength?: number;
  /** Addresses, one a line: in the face of code, no spelling marks. */
  verbatim?: boolean;
}

/** A field for several lines. */
export function textArea(field: TextArea): Markup {
  const attributes = [
    attribute("autocomplete", field.autocomplete),
    attribute("maxlength", field.maxLength),
    field.verbatim && html` autocapitalize="none" spellcheck="false"`,
    attribute("aria-invalid", field.error !== undefined && "true"),
    attribute("aria-describedby", describedBy(field)),
    attribute("required", field.required),
    attribute("autofocus", field.focus),
  ];
  // The line break after the tag belongs to no value, and keeps one that begins with a line break whole (HTML, 13.1.2.5).
  return html`<div class="field"><label for="${field.name}">${field.label}</label>
    <textarea class="input${field.verbatim && " mono"}" id="${field.name}" name="${field.name}" rows="${field.rows ?? 3}"${attributes}>
${field.value ?? ""}</textarea>${fieldNote(field)}</div>`;
}

export interface Choice {
  name: string;
  label: string;
  /** Value and words of each option. */
  options: readonly (readonly [value: string, words: string])[];
  value?: string;
  help?: string;
  error?: string;
}

/** One of several, in a list that opens. */
export function choiceField(field: Choice): Markup {
  const options = field.options.map(([value, words]) => {
    return html`<option value="${value}"${attribute("selected", value === field.value)}>${words}</option>`;
  });
  const attributes = [
    attribute("aria-invalid", field.error !== undefined && "true"),
    attribute("aria-describedby", describedBy(field)),
  ];
  return html`<div class="field"><label for="${field.name}">${field.label}</label>
    <span class="select"><select id="${field.name}" name="${field.name}"${attributes}>${options}</select></span>${fieldNote(field)}</div>`;
}

export interface Tick {
  name: string;
  value: string;
  label: Content;
  detail?: Content;
  ticked?: boolean;
  /** One of several instead of any of several. @default "checkbox" */
  type?: "checkbox" | "radio";
}

/** A box with its sentence; the whole row is the label. */
export function tickRow({ name, value, label, detail, ticked, type = "checkbox" }: Tick): Markup {
  const look = type === "radio" ? "box box-round" : "box";
  const box = html`<input class="${look}" type="${type}" name="${name}" value="${value}"${attribute("checked", ticked)}>`;
  return html`<label class="perm">${box}<span>${label}</span>${detail && html`<span class="sub">${detail}</span>`}</label>`;
}

interface Noted {
  name: string;
  help?: Content;
  error?: string;
}

function describedBy({ name, help, error }: Noted): string | undefined {
  return help || error ? `${name}-note` : undefined;
}

function fieldNote({ name, help, error }: Noted): Content {
  if (error) return html`<p class="error" id="${name}-note">${error}</p>`;
  return help && html`<p class="help" id="${name}-note">${help}</p>`;
}

export interface MoneyField {
  name: string;
  /** Read aloud where the visible label belongs to the amount and its period together. */
  label?: string;
  /** As it was written, so that a mistake can be mended. */
  value: string;
  help?: Content;
  error?: string;
  focus?: boolean;
  required?: boolean;
  placeholder?: string;
  /** The one amount of the page, in large figures. */
  large?: boolean;
  /** With a choice of the period in the same frame, named `periodName`. */
  period?: Period;
  periodName?: string;
}

/** An amount in dollars; text, because a number field would refuse `10,50` and `$10`. */
export function moneyField(text: Text, field: MoneyField): Markup {
  const attributes = [
    attribute("aria-label", field.label),
    attribute("aria-invalid", field.error !== undefined && "true"),
    attribute("aria-describedby", describedBy(field)),
    attribute("placeholder", field.placeholder),
    attribute("required", field.required),
    attribute("autofocus", field.focus),
  ];
  return html`<div class="money${field.large && " cap"}"><span class="sign" aria-hidden="true">$</span>
    <input id="${field.name}" name="${field.name}" inputmode="decimal" autocomplete="off" dir="auto" value="${field.value}"${attributes}>${periodChoice(text, field)}</div>${fieldNote(field)}`;
}

function periodChoice(text: Text, { period, periodName }: MoneyField): Content {
  if (!period || !periodName) return undefined;
  const options = Object.entries(text.money.each).map(([value, words]) => {
    return html`<option value="${value}"${attribute("selected", value === period)}>${words}</option>`;
  });
  return html`<span class="select"><select name="${periodName}" aria-label="${text.money.periodLabel}">${options}</select></span>`;
}
