import {
  type Content,
  choiceField,
  type Frame,
  html,
  type Markup,
  moneyField,
  notice,
  type Period,
  textArea,
  textField,
  tickRow,
} from "../../ui/index.ts";

/** The form of an app as it was written, or as the page begins. Addresses stand one a line. */
export interface AppValues {
  name: string;
  description: string;
  homepage_url: string;
  privacy_policy_url: string;
  terms_url: string;
  client_type: "confidential" | "public";
  redirect_uris: string;
  post_logout_redirect_uris: string;
  scopes: readonly string[];
  identity_only: boolean;
  budget_amount: string;
  budget_period: Period;
  public: boolean;
  refresh_token_lifetime_days: string;
  id_token_signed_response_alg: string;
  access_token_format: string;
}

/** What is wrong with a field, by the name the field has on the wire. */
export type AppFieldFault = "form" | "taken" | "mixed" | "platform" | "spends" | { line: number };
export type AppFaults = Readonly<Record<string, AppFieldFault>>;

export interface AppForm {
  values: AppValues;
  faults: AppFaults;
  /** Every permission it may be given, in sentences. */
  scopes: readonly { name: string; title: string; spends: boolean }[];
}

type FormWords = Frame["text"]["appForm"];

/** A sentence for one field; only the first with a fault takes the focus. */
function judged({ appForm: words }: Frame["text"], faults: AppFaults, field: string) {
  const fault = faults[field];
  return { error: fault && faultText(words, field, fault), focus: Object.keys(faults)[0] === field };
}

function faultText(words: FormWords, field: string, fault: AppFieldFault): string {
  if (typeof fault === "object") return words.errors.redirect_line(fault.line);
  if (fault !== "form") return words.errors[fault];
  const known = words.errors as Readonly<Record<string, unknown>>;
  const sentence = known[field];
  return typeof sentence === "string" ? sentence : words.errors.other;
}

/** How many fields need another look, and whatever no field of the page can say. */
export function faultNotice({ text }: Frame, faults: AppFaults): Content {
  const number = Object.keys(faults).length;
  return number > 0 && notice("bad", text.appForm.problem(number), true);
}

export function faceFields({ text }: Frame, { values, faults }: AppForm): Content {
  const words = text.appForm;
  const link = (name: "homepage_url" | "privacy_policy_url" | "terms_url", label: string, help?: string) =>
    textField({
      name,
      label,
      type: "url",
      value: values[name],
      help,
      maxLength: 2048,
      verbatim: true,
      ...judged(text, faults, name),
    });
  return [
    textField({
      name: "name",
      label: words.name,
      value: values.name,
      help: words.nameHelp,
      maxLength: 64,
      autocomplete: "off",
      required: true,
      ...judged(text, faults, "name"),
    }),
    textArea({
      name: "description",
      label: words.description,
      value: values.description,
      help: words.descriptionHelp,
      rows: 2,
      ...judged(text, faults, "description"),
    }),
    link("homepage_url", words.homepage, words.homepageHelp),
    html`<div class="pair">${link("privacy_policy_url", words.privacy)}${link("terms_url", words.terms)}</div>`,
  ];
}

export function kindFields({ text }: Frame, { values }: AppForm): Markup {
  const words = text.appForm;
  const rows = (["confidential", "public"] as const).map(
    (value) =>
      html`<li>${tickRow({ name: "client_type", value, type: "radio", ticked: values.client_type === value, ...words.types[value] })}</li>`,
  );
  return html`<fieldset class="group"><legend>${words.type}</legend><p class="fine">${words.typeLede}</p><ul class="perms">${rows}</ul></fieldset>`;
}

export function redirectField({ text }: Frame, { values, faults }: AppForm): Markup {
  const words = text.appForm;
  const help = words.redirectsHelp;
  return textArea({
    name: "redirect_uris",
    label: words.redirects,
    value: values.redirect_uris,
    help,
    verbatim: true,
    required: true,
    ...judged(text, faults, "redirect_uris"),
  });
}

export function logoutField({ text }: Frame, { values, faults }: AppForm): Markup {
  const words = text.appForm;
  const name = "post_logout_redirect_uris";
  return textArea({
    name,
    label: words.logoutRedirects,
    value: values[name],
    help: words.logoutRedirectsHelp,
    verbatim: true,
    ...judged(text, faults, name),
  });
}

export function scopeFields({ text }: Frame, { values, faults, scopes }: AppForm): Markup {
  const words = text.appForm;
  const { error } = judged(text, faults, "allowed_scopes");
  const rows = scopes.map(({ name, title }) => {
    const detail = html`<bdi class="mono">${name}</bdi>`;
    return html`<li>${tickRow({ name: "scopes", value: name, label: title, detail, ticked: values.scopes.includes(name) })}</li>`;
  });
  return html`<fieldset class="group"><legend>${words.scopes}</legend><p class="fine">${words.scopesLede}</p>${error && html`<p class="error">${error}</p>`}<ul class="perms">${rows}</ul></fieldset>`;
}

export function moneyFields({ text }: Frame, { values, faults }: AppForm): Markup {
  const words = text.appForm;
  const amount = moneyField(text, {
    name: "budget_amount",
    label: text.money.fieldLabel,
    value: values.budget_amount,
    period: values.budget_period,
    periodName: "budget_period",
    help: words.budgetHelp,
    ...judged(text, faults, "budget_proposal"),
  });
  const never = { label: words.identityOnly, detail: words.identityOnlyDetail, ticked: values.identity_only };
  return html`<section class="group stack" aria-labelledby="money"><div><h2 id="money">${words.money}</h2><p class="fine">${words.moneyLede}</p></div>
    <div class="field"><label for="budget_amount">${words.budget}</label>${amount}</div>
    <div>${tickRow({ name: "identity_only", value: "yes", ...never })}</div></section>`;
}

export function shelfField({ text }: Frame, { values }: AppForm): Markup {
  const words = text.appForm;
  const box = { label: words.listed, detail: words.listedDetail, ticked: values.public };
  return html`<section class="group" aria-labelledby="shelf"><h2 id="shelf">${words.shelf}</h2>${tickRow({ name: "public", value: "yes", ...box })}</section>`;
}

/** What most apps never touch; open when something in it is wrong. */
export function tokenFields({ text }: Frame, { values, faults }: AppForm): Markup {
  const words = text.appForm;
  const days = judged(text, faults, "refresh_token_lifetime_days");
  return html`<details class="more group"${days.error && html` open`}><summary>${words.tokens}</summary><div class="stack">
    ${textField({ name: "refresh_token_lifetime_days", label: words.lifetime, value: values.refresh_token_lifetime_days, numeric: true, maxLength: 3, help: words.lifetimeHelp, ...days })}
    ${choiceField({ name: "id_token_signed_response_alg", label: words.alg, options: Object.entries(words.algs), value: values.id_token_signed_response_alg })}
    ${choiceField({ name: "access_token_format", label: words.format, options: Object.entries(words.formats), value: values.access_token_format })}</div></details>`;
}
