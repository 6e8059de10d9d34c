import {
  type AppFace,
  appTile,
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  icon,
  type Markup,
  notice,
  type Person,
  perforation,
  renderStage,
  trustBadge,
} from "../../ui/index.ts";
import { billHalf, type CapSpending, type KeptBill, spendingHalf } from "./consent-spending.ts";

/** The app that asks, with all that is known about it. */
export interface ConsentApp extends AppFace {
  /** The answer goes to a program on the reader's own machine. */
  loopback?: boolean;
  /** As the app says it; not proven. */
  madeBy?: string;
  /** When it was registered, epoch milliseconds. */
  since: number;
  /** How many people allow it now. */
  people: number;
  /** When it changed name, picture or an address, after this person last answered it. */
  changedAt?: number | undefined;
}

/** One sentence the person allows. The words come from the scope registry. */
export interface Permission {
  scope: string;
  title: string;
  /** The real value where there is one, such as the e-mail address: consent is to a fact. */
  detail?: string;
  /** The app can do without: an empty box instead of a tick. */
  optional: boolean;
  /** The box as it was when the page is shown again. @default false */
  ticked?: boolean;
  /** It changes things in the person's own name: more than knowing. @default false */
  acts?: boolean;
}

export interface ConsentProps extends ConsentSlip {
  /** Binds session, user, request and what was shown. */
  csrf: string;
  /** The sealed authorization request. */
  request: string;
  person: Person;
}

/** Where the answer goes when a device waits for it instead of an address. */
export interface WaitingDevice {
  /** The code that it shows. */
  userCode: string;
  /** Where the form is sent. */
  action: string;
}

/** What the slip says, whoever holds it. */
export interface ConsentSlip {
  device?: WaitingDevice;
  app: ConsentApp;
  /** What it may know. On a further request, what is new only. */
  know: readonly Permission[];
  /** Set when the app asks to spend, for the first time or anew. */
  spending?: CapSpending & { permissions: readonly Permission[] };
  /** Set when the app was allowed before and asks for more. */
  before?: { titles: readonly string[]; at: number; bill?: KeptBill };
  /** To be looked at on another page, which has its own first heading. @default false */
  sample?: boolean;
}

/**
 * `POST /idp/authorize/consent` with `csrf`, `request`, `decision` (`review`, `deny`, `allow`, `identity`), one `scope`
 * for each ticked box, and with spending `workspace`, `cap_amount`, `cap_period`, `cap_day` and `until`.
 * The first submit is `review`, so Enter never allows. For a device the same form goes to its own action.
 */
export function renderConsent(frame: Frame, props: ConsentProps): string {
  const { app, spending, before, device } = props;
  const words = frame.text.consent;
  return renderStage(frame, {
    title: before ? words.moreTitle(app.name) : words.title(app.name),
    failed: spending?.error !== undefined,
    person: props.person,
    request: device ? undefined : props.request,
    next: device && "/device",
    body: html`<form class="slip ${spending && !before ? "slip-2" : "slip-mid"}" method="post" action="${device?.action ?? "/idp/authorize/consent"}">
  ${hidden({ csrf: props.csrf, request: props.request })}<button class="vh" name="decision" value="review" tabindex="-1" aria-hidden="true">${words.check}</button>
  ${halves(frame, props)}
</form>`,
  });
}

/** The same slip to be looked at: no form, no token, nothing in it can be pressed. `wide` as people see it on a desk. */
export function consentSample(frame: Frame, slip: ConsentSlip, wide: boolean): Markup {
  const width = wide && slip.spending ? "slip-2" : "slip-mid";
  const words = frame.text.consent.title(slip.app.name);
  return html`<fieldset class="slip ${width} preview" disabled aria-label="${words}">${halves(frame, { ...slip, sample: true })}</fieldset>`;
}

function halves(frame: Frame, slip: ConsentSlip): Content {
  const { spending, before } = slip;
  return [
    html`<section class="stub stack" aria-labelledby="who">
    ${before ? furtherHead(frame, slip) : firstHead(frame, slip)}
    ${knowList(frame, slip)}
    ${before && keptList(frame, before)}
    ${!spending && !before?.bill && actions(frame, slip)}
  </section>
  `,
    moneyHalf(frame, slip),
  ];
}

function heading(words: string, { sample }: ConsentSlip): Markup {
  return sample ? html`<p class="h1" id="who">${words}</p>` : html`<h1 id="who">${words}</h1>`;
}

function firstHead(frame: Frame, slip: ConsentSlip): Content {
  const { app, spending } = slip;
  const { brand, text } = frame;
  const words = text.consent;
  const uses = spending !== undefined || slip.know.some(({ acts }) => acts);
  const title = uses ? words.wantsAccount(app.name, brand.name) : words.wantsIdentity(app.name);
  return [
    html`<div class="id">${appTile(app)}<div>${trustBadge(text, app, true)}</div></div>`,
    heading(title, slip),
    app.changedAt !== undefined && html`<p class="lede">${words.faceChanged(app.name, app.changedAt)}</p>`,
    facts(frame, slip, true),
    warning(frame, slip),
  ];
}

function furtherHead(frame: Frame, slip: ConsentSlip): Content {
  const { app, know, spending } = slip;
  const { brand, text } = frame;
  const words = text.consent;
  const asked = know.length + (spending?.permissions.length ?? 0);
  const known = words.onPlatformSince(brand.name, app.since, app.people);
  return [
    html`<div class="id">${appTile(app)}<div>${trustBadge(text, app, true)}<p class="fine num">${known}</p></div></div>`,
    heading(words.asksForMore(app.name, asked), slip),
    spending && facts(frame, slip),
    warning(frame, slip),
  ];
}

function facts({ brand, text }: Frame, { app, spending, device }: ConsentSlip, isFirst = false): Markup {
  const words = text.consent;
  const host = html`<bdi>${app.host}</bdi>`;
  const address = app.loopback ? words.thisComputer(host) : host;
  const proposal = spending?.proposal;
  const amount = proposal ? words.upTo(proposal.limitMicros, proposal.period) : words.asMuchAsYouAllow;
  return html`<dl class="facts">
      <dt>${words.answerGoesTo}</dt><dd>${device ? words.yourDevice(codeOf(device)) : address}</dd>
      ${spending && html`<dt>${words.asksToSpend}</dt><dd class="num">${amount}</dd>`}
      ${isFirst && app.madeBy && html`<dt>${words.madeBy}</dt><dd>${words.saysTheApp(app.madeBy)}</dd>`}
      ${isFirst && html`<dt>${words.onPlatform(brand.name)}</dt><dd class="num">${words.sincePeople(app.since, app.people)}</dd>`}
    </dl>`;
}

function codeOf({ userCode }: WaitingDevice): Markup {
  return html`<span class="mono whole">${userCode}</span>`;
}

/** One warning at most: a device or a program on this computer can be anybody's, so that outweighs being unverified. */
function warning({ text }: Frame, { app, device }: ConsentSlip): Content {
  if (device) return notice("caution", text.consent.deviceWaits(codeOf(device)));
  if (app.loopback) return notice("caution", text.consent.localProgram(html`<bdi>${app.host}</bdi>`));
  if (app.verifiedHost) return undefined;
  return notice("caution", text.consent.unverified(app.name, html`<strong><bdi>${app.host}</bdi></strong>`));
}

function knowList(frame: Frame, { know, before }: ConsentSlip): Content {
  if (know.length === 0) return undefined;
  const list = permissionList(frame, know, before !== undefined);
  if (before) return list;
  const { mayKnow, mayKnowAndDo } = frame.text.consent;
  const words = know.some(({ acts }) => acts) ? mayKnowAndDo : mayKnow;
  return html`<div><h2 class="head">${icon("key", 18)}${words}</h2>${list}</div>`;
}

function keptList({ text }: Frame, { titles, at }: NonNullable<ConsentSlip["before"]>): Markup {
  const rows = titles.map((title) => html`<li class="perm">${icon("check", 20)}<span>${title}</span></li>`);
  return html`<details class="more"><summary>${text.consent.stays(titles.length, at)}</summary><ul class="perms">${rows}</ul></details>`;
}

/** Required: a tick. Optional: an empty box, the whole row its label. */
export function permissionList(frame: Frame, permissions: readonly Permission[], isNew: boolean): Markup {
  const rows = permissions.map((permission) => permissionRow(frame, permission, isNew));
  return html`<ul class="perms">${rows}</ul>`;
}

function permissionRow(
  { text }: Frame,
  { scope, title, detail, optional, ticked }: Permission,
  isNew: boolean,
): Markup {
  const words = text.consent;
  const below = detail && html`<span class="sub"><bdi>${detail}</bdi></span>`;
  if (!optional) {
    const pill = isNew && html`<span class="opt new">${words.isNew}</span>`;
    return html`<li class="perm">${icon("check", 20)}<span>${title}</span>${pill}${below}</li>`;
  }
  const box = html`<input class="box" type="checkbox" name="scope" value="${scope}"${attribute("checked", ticked)}>`;
  return html`<li><label class="perm">${box}<span>${title}</span><span class="opt">${words.optional}</span>${below}</label></li>`;
}

function moneyHalf(frame: Frame, props: ConsentSlip): Content {
  const { spending, before } = props;
  if (spending) {
    const permissions = permissionList(frame, spending.permissions, before !== undefined);
    return [perforation(), spendingHalf(frame, props.app.name, spending, permissions, actions(frame, props))];
  }
  return before?.bill && [perforation(), billHalf(frame, before.bill, actions(frame, props))];
}

/** Refusing has the same size as allowing, and no mistake in an amount can stand in its way. */
function actions(frame: Frame, props: ConsentSlip): Markup {
  const { app, spending, before, know, device, sample } = props;
  const words = frame.text.consent;
  const host = html`<b><bdi>${app.host}</bdi></b>`;
  const link = sample ? words.connectedApps : html`<a href="/account/connected">${words.connectedApps}</a>`;
  const later = spending ? words.changeLater(link) : words.revokeLater(link);
  const identity =
    spending &&
    (know.length > 0 || before !== undefined) &&
    html`<button class="btn btn-quiet wide" name="decision" value="identity" formnovalidate>${words.identityOnly}</button>`;
  return html`<div class="actions actions-2">
      <button class="btn" name="decision" value="deny" id="deny" formnovalidate>${words.deny}</button>
      <button class="btn btn-1 login-submit" name="decision" value="allow">${words.allow}</button>
      ${identity}
      <p class="fine">${before ? words.eitherWay(host) : html`${device ? words.deviceGoesOn : words.goBack(host)} ${later}`}</p>
    </div>`;
}
