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
  type?: "text" | "email" | "password" | "date";
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
}

/** A label, a field, and below it what is wrong or else what helps. */
export function textField(field: TextField): Markup {
  const attributes = [
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
