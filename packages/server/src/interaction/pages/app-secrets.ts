import {
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  time,
} from "../../ui/index.ts";
import { type AppHead, appAddress, mayChange, renderAppPage } from "./app-frame.ts";

/** A secret as it may be shown again: never the secret itself. */
export interface SecretFace {
  id: string;
  /** Its last four characters. */
  hint: string;
  createdAt: number;
  /** When it ends, if it was replaced. */
  expiresAt: number | null;
}

export interface AppSecretsProps {
  person: Person;
  csrf: string;
  app: AppHead;
  /** Living ones, newest first. */
  secrets: readonly SecretFace[];
  /** The tray that `?kill=SECRET` opens. */
  kill?: string;
  killed?: boolean;
  /** Where the reader signs in again before anything here can be changed. */
  signInAgain?: string;
}

/** How long old secrets may go on, in seconds. */
export const overlapChoices = [0, 3600, 86_400, 604_800] as const;

/** `POST /account/apps/secrets` with `app` and `overlap` makes one; `POST /account/apps/secrets/kill` with `app` and `secret`. */
export function renderAppSecrets(frame: Frame, props: AppSecretsProps): string {
  const { app, person, killed, signInAgain } = props;
  const words = frame.text.appSecrets;
  return renderAppPage(frame, {
    tab: "secrets",
    person,
    app,
    signInAgain,
    done: killed ? words.killed : undefined,
    body: app.isPublic
      ? html`<section class="panel"><h2>${words.publicTitle}</h2><p class="mut">${words.publicLede}</p></section>`
      : html`<div class="cols cols-wide"><section class="panel" aria-labelledby="living"><h2 id="living">${words.title}</h2>${living(frame, props)}</section>
      ${mayChange(app) && rotation(frame, props)}</div>`,
  });
}

function living(frame: Frame, props: AppSecretsProps): Content {
  const words = frame.text.appSecrets;
  if (props.secrets.length === 0) return notice("bad", words.none);
  return [
    html`<p class="fine">${words.lede}</p>`,
    html`<ul class="rows gap">${props.secrets.map((secret) => row(frame, secret, props))}</ul>`,
  ];
}

function row(frame: Frame, secret: SecretFace, props: AppSecretsProps): Markup {
  const { text, now } = frame;
  const words = text.appSecrets;
  const { id, hint, createdAt, expiresAt } = secret;
  const badge =
    expiresAt === null
      ? html`<span class="badge badge-words">${words.newest}</span>`
      : html`<span class="badge badge-un badge-words">${words.ending}</span>`;
  const end = expiresAt === null ? words.stays : time(expiresAt, words.ends(expiresAt, now));
  const kill =
    mayChange(props.app) &&
    html`<a class="btn btn-s" href="${appAddress("secrets", props.app, `&kill=${encodeURIComponent(id)}#${encodeURIComponent(id)}`)}" aria-label="${words.killOf(hint)}">${words.kill}</a>`;
  const open = props.kill === id && mayChange(props.app);
  return html`<li id="${id}"><div class="stack-xs"><p class="row"><code class="mono"><bdi>${words.hint(hint)}</bdi></code>${badge}</p><p class="fine num">${time(createdAt, words.made(createdAt, now))}. ${end}.</p></div>${!open && kill}${open && tray(frame, secret, props)}</li>`;
}

function tray({ text }: Frame, { id, hint }: SecretFace, { app, csrf, secrets }: AppSecretsProps): Markup {
  const words = text.appSecrets;
  return html`<form class="tray stack-s" method="post" action="/account/apps/secrets/kill">${hidden({ csrf, app: app.id, secret: id })}
    <p><b>${words.killTitle(hint)}</b></p><p class="fine">${words.killLede}${secrets.length === 1 && ` ${words.killLast}`}</p>
    <div class="row tray-end"><button class="btn btn-bad btn-s">${words.killNow}</button><a class="btn btn-s btn-quiet" href="${appAddress("secrets", app)}">${words.keep}</a></div></form>`;
}

function rotation({ text }: Frame, { app, csrf, secrets }: AppSecretsProps): Markup {
  const words = text.appSecrets;
  const choices = overlapChoices.map((seconds) => {
    const chosen = attribute("checked", seconds === 86_400);
    return html`<label><input type="radio" name="overlap" value="${seconds}"${chosen}>${words.overlaps[seconds]}</label>`;
  });
  const overlap =
    secrets.length > 0 &&
    html`<fieldset class="field"><legend class="label">${words.overlap}</legend><div class="pick pick-2">${choices}</div></fieldset>`;
  return html`<form class="panel stack" method="post" action="/account/apps/secrets" aria-labelledby="rotate">${hidden({ csrf, app: app.id })}
      <div><h2 id="rotate">${words.rotate}</h2><p class="fine">${words.rotateLede}</p></div>
      ${overlap}
      <div class="actions"><button class="btn btn-1">${words.submit}</button></div></form>`;
}
