import { type Frame, hidden, html, type Person, renderRoom } from "../../ui/index.ts";
import {
  type AppForm,
  faceFields,
  faultNotice,
  kindFields,
  moneyFields,
  redirectField,
  scopeFields,
  shelfField,
  tokenFields,
} from "./app-fields.ts";
import { sampleAside } from "./app-sample.ts";
import type { ConsentSlip } from "./consent.ts";

export interface AppNewProps extends AppForm {
  person: Person;
  csrf: string;
  sample: ConsentSlip;
}

/** `POST /account/apps/new` with the fields of an app; `decision=preview` only shows the page again. */
export function renderAppNew(frame: Frame, props: AppNewProps): string {
  const words = frame.text.appForm;
  return renderRoom(frame, {
    room: "apps",
    title: words.createTitle,
    failed: Object.keys(props.faults).length > 0,
    person: props.person,
    body: html`<p class="crumb"><a href="/account/apps">${frame.text.apps.title}</a></p>
  <div class="title"><h1>${words.createTitle}</h1><p class="mut">${words.createLede(frame.brand.name)}</p></div>
  <div class="cols cols-wide cols-top"><form class="panel stack" method="post" action="/account/apps/new">${hidden({ csrf: props.csrf })}
    ${faultNotice(frame, props.faults)}
    ${faceFields(frame, props)}
    ${kindFields(frame, props)}
    <section class="group stack" aria-labelledby="redirects"><div><h2 id="redirects">${words.redirectsTitle}</h2><p class="fine">${words.redirectsLede}</p></div>${redirectField(frame, props)}</section>
    ${scopeFields(frame, props)}
    ${moneyFields(frame, props)}
    ${shelfField(frame, props)}
    ${tokenFields(frame, props)}
    <div class="row group"><button class="btn btn-1" name="decision" value="save">${words.submitCreate}</button><button class="btn" name="decision" value="preview" formnovalidate>${words.preview}</button></div></form>
    ${sampleAside(frame, props.sample)}</div>`,
  });
}
