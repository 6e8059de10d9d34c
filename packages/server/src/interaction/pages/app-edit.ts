import { parseDollars } from "../../kernel/money.ts";
import { type Frame, hidden, html, type Markup, type Person } from "../../ui/index.ts";
import {
  type AppForm,
  faceFields,
  faultNotice,
  moneyFields,
  scopeFields,
  shelfField,
  tokenFields,
} from "./app-fields.ts";
import { type AppHead, appAddress, mayChange, renderAppPage } from "./app-frame.ts";
import { sampleAside } from "./app-sample.ts";
import type { ConsentSlip } from "./consent.ts";

export interface AppEditProps extends AppForm {
  person: Person;
  csrf: string;
  app: AppHead;
  sample: ConsentSlip;
}

/** `POST /account/apps/edit` with `app` and the fields of an app; `decision=preview` only shows the page again. */
export function renderAppEdit(frame: Frame, props: AppEditProps): string {
  const { app, person, sample } = props;
  return renderAppPage(frame, {
    tab: "edit",
    person,
    app,
    failed: Object.keys(props.faults).length > 0,
    body: html`<div class="cols cols-wide cols-top">${mayChange(app) ? form(frame, props) : said(frame, props)}
    ${sampleAside(frame, sample, appAddress("preview", app))}</div>`,
  });
}

function form(frame: Frame, props: AppEditProps): Markup {
  const words = frame.text.appForm;
  return html`<form class="panel stack" method="post" action="/account/apps/edit">${hidden({ csrf: props.csrf, app: props.app.id })}
    ${faultNotice(frame, props.faults)}
    ${faceFields(frame, props)}
    ${scopeFields(frame, props)}
    ${moneyFields(frame, props)}
    ${shelfField(frame, props)}
    ${tokenFields(frame, props)}
    <div class="group stack"><div class="row"><button class="btn btn-1" name="decision" value="save">${words.submitSave}</button><button class="btn" name="decision" value="preview" formnovalidate>${words.preview}</button></div><p class="fine">${words.face}</p></div></form>`;
}

/** For whoever may only look. */
function said({ text }: Frame, { values, scopes }: AppEditProps): Markup {
  const words = text.appForm;
  const asked = scopes.filter(({ name }) => values.scopes.includes(name)).map(({ title }) => html`<li>${title}</li>`);
  const cap = parseDollars(values.budget_amount);
  const budget = cap !== undefined && text.money.cap(cap, values.budget_period);
  const rows = [
    [words.description, values.description],
    [words.homepage, values.homepage_url],
    [words.privacy, values.privacy_policy_url],
    [words.terms, values.terms_url],
    [words.scopes, html`<ul class="stack-xs">${asked}</ul>`],
    [words.budget, budget],
    [words.lifetime, values.refresh_token_lifetime_days],
  ] as const;
  const facts = rows.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<section class="panel" aria-labelledby="said"><h2 id="said">${words.about}</h2><dl class="facts">${facts}</dl></section>`;
}
