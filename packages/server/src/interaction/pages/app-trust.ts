import {
  appTile,
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  textField,
  trustBadge,
} from "../../ui/index.ts";
import { type AppHead, mayChange, renderAppPage } from "./app-frame.ts";

export interface AppTrustProps {
  person: Person;
  csrf: string;
  app: AppHead;
  /** The domain that is proven, or that the owner wants to prove and how. */
  domain?: { name: string; verified: boolean; recordName: string; fileUrl: string; content: string };
  /** What the form of the domain begins with. */
  suggestion: string;
  /** What is wrong with a form that was sent. */
  fault?: keyof Frame["text"]["appTrust"]["faults"];
  /** What was written into it. */
  written?: string;
  done?: keyof Frame["text"]["appTrust"]["done"];
  /** Where the reader signs in again before anything here can be changed. */
  signInAgain?: string;
}

/**
 * `POST /account/apps/trust/domain` with `domain`, `/verify`, `/drop`; `/logo` with the file `picture` as a multipart form,
 * `/logo-address` with `logo_address`, `/logo-remove`. All with `app`.
 */
export function renderAppTrust(frame: Frame, props: AppTrustProps): string {
  const { app, person, done, signInAgain, fault } = props;
  const words = frame.text.appTrust;
  return renderAppPage(frame, {
    tab: "trust",
    person,
    app,
    signInAgain,
    failed: fault !== undefined,
    done: done && words.done[done],
    body: html`<div class="cols cols-even">
    <section class="panel stack" aria-labelledby="seal"><div><h2 id="seal">${words.domain}</h2><p class="fine">${words.domainLede}</p></div>${domainPart(frame, props)}</section>
    <section class="panel stack" aria-labelledby="logo-title"><div><h2 id="logo-title">${words.logo}</h2><p class="fine">${words.logoLede}</p></div>${logoPart(frame, props)}</section></div>`,
  });
}

function domainPart(frame: Frame, props: AppTrustProps): Content {
  const words = frame.text.appTrust;
  const { app, domain } = props;
  if (domain?.verified) {
    return [
      html`<div class="row">${trustBadge(frame.text, { ...app.face, verifiedHost: domain.name }, true)}</div><p class="fine">${words.kept}</p>`,
      button(props, "trust/drop", words.drop),
    ];
  }
  if (!mayChange(app)) return html`<p class="mut">${words.notProven}</p>`;
  return [domain && proof(frame, props, domain), domainForm(frame, props)];
}

function proof({ text }: Frame, props: AppTrustProps, domain: NonNullable<AppTrustProps["domain"]>): Content {
  const words = text.appTrust;
  return [
    props.fault === "no_proof" && notice("caution", words.faults.no_proof, true),
    html`<p>${words.publish(html`<b><bdi>${domain.name}</bdi></b>`)}</p>`,
    html`<div><p class="label">${words.record}</p><p class="code">${domain.recordName}</p><p class="code">${domain.content}</p></div>`,
    html`<div><p class="label">${words.file}</p><p class="code">${domain.fileUrl}</p><p class="code">${domain.content}</p></div>`,
    html`<div class="row">${button(props, "trust/verify", words.look, "btn-1")}${button(props, "trust/drop", words.giveUp, "btn-quiet")}</div>`,
  ];
}

function domainForm({ text }: Frame, props: AppTrustProps): Markup {
  const { app, csrf, domain, suggestion, fault, written } = props;
  const words = text.appTrust;
  const wrong = fault === "domain" || fault === "elsewhere";
  const form = html`<form class="stack" method="post" action="/account/apps/trust/domain">${hidden({ csrf, app: app.id })}${textField(
    {
      name: "domain",
      label: words.domainField,
      value: written ?? domain?.name ?? suggestion,
      help: words.domainHelp,
      verbatim: true,
      required: true,
      maxLength: 253,
      error: wrong ? words.faults[fault] : undefined,
      focus: wrong,
    },
  )}<div class="row"><button class="btn${!domain && " btn-1"}">${words.begin}</button></div></form>`;
  if (!domain) return form;
  return html`<details class="more group"${attribute("open", wrong)}><summary>${words.another}</summary>${form}</details>`;
}

function logoPart({ text }: Frame, props: AppTrustProps): Content {
  const { app, csrf, fault, written } = props;
  const words = text.appTrust;
  const hasLogo = app.face.logoUrl !== undefined;
  const shown = html`<div class="id">${appTile(app.face)}<p class="fine">${hasLogo ? words.hasLogo : words.noLogo}</p></div>`;
  if (!mayChange(app)) return shown;
  const wrongFile = fault === "picture";
  const wrongAddress = fault === "address" || fault === "address_picture";
  const attributes = [
    attribute("aria-invalid", wrongFile && "true"),
    attribute("aria-describedby", "picture-note"),
    attribute("autofocus", wrongFile),
  ];
  return [
    shown,
    html`<form class="stack" method="post" action="/account/apps/trust/logo" enctype="multipart/form-data">${hidden({ csrf, app: app.id })}
      <div class="field"><label for="picture">${words.picture}</label><input class="input file" id="picture" name="picture" type="file" accept="image/png,image/jpeg,image/webp" required${attributes}><p class="${wrongFile ? "error" : "help"}" id="picture-note">${wrongFile ? words.faults.picture : words.pictureHelp}</p></div>
      <div class="row"><button class="btn">${words.upload}</button></div></form>`,
    html`<form class="stack group" method="post" action="/account/apps/trust/logo-address">${hidden({ csrf, app: app.id })}${textField(
      {
        name: "logo_address",
        label: words.address,
        type: "url",
        value: wrongAddress ? written : undefined,
        help: words.addressHelp,
        verbatim: true,
        required: true,
        maxLength: 2048,
        error: wrongAddress ? words.faults[fault] : undefined,
        focus: wrongAddress,
      },
    )}<div class="row"><button class="btn">${words.fetch}</button></div></form>`,
    hasLogo && html`<div class="group">${button(props, "trust/logo-remove", words.remove)}</div>`,
  ];
}

function button({ app, csrf }: AppTrustProps, action: string, words: string, look = ""): Content {
  if (!mayChange(app)) return undefined;
  return html`<form method="post" action="/account/apps/${action}">${hidden({ csrf, app: app.id })}<button class="btn btn-s ${look}">${words}</button></form>`;
}
