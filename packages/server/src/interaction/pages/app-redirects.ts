import { type Content, type Frame, hidden, html, type Markup, type Person } from "../../ui/index.ts";
import { type AppForm, faultNotice, logoutField, redirectField } from "./app-fields.ts";
import { type AppHead, mayChange, renderAppPage } from "./app-frame.ts";

export interface AppRedirectsProps extends AppForm {
  person: Person;
  csrf: string;
  app: AppHead;
  saved?: boolean;
  /** Where the reader signs in again before anything here can be changed. */
  signInAgain?: string;
}

/** `POST /account/apps/redirects` with `app`, `redirect_uris` and `post_logout_redirect_uris`, one address a line. */
export function renderAppRedirects(frame: Frame, props: AppRedirectsProps): string {
  const { app, person, saved, signInAgain } = props;
  const words = frame.text.appForm;
  return renderAppPage(frame, {
    tab: "redirects",
    person,
    app,
    failed: Object.keys(props.faults).length > 0,
    done: saved ? frame.text.apps.saved : undefined,
    signInAgain,
    body: html`<section class="panel stack narrow" aria-labelledby="redirects"><div><h2 id="redirects">${words.redirectsTitle}</h2><p class="fine">${words.redirectsLede}</p></div>
    ${mayChange(app) ? form(frame, props) : said(frame, props)}</section>`,
  });
}

function form(frame: Frame, props: AppRedirectsProps): Markup {
  const words = frame.text.appForm;
  return html`<form class="stack" method="post" action="/account/apps/redirects">${hidden({ csrf: props.csrf, app: props.app.id })}
      ${faultNotice(frame, props.faults)}
      ${redirectField(frame, props)}
      ${logoutField(frame, props)}
      <div class="row"><button class="btn btn-1">${words.submitRedirects}</button></div>
      <p class="fine">${words.redirectsChange}</p></form>`;
}

function said({ text }: Frame, { values }: AppRedirectsProps): Content {
  const words = text.appForm;
  const { redirect_uris, post_logout_redirect_uris } = values;
  return [
    html`<div><p class="label">${words.redirects}</p><p class="code">${redirect_uris}</p></div>`,
    post_logout_redirect_uris &&
      html`<div><p class="label">${words.logoutRedirects}</p><p class="code">${post_logout_redirect_uris}</p></div>`,
  ];
}
