import {
  appTile,
  type Content,
  type Frame,
  html,
  icon,
  type Markup,
  notice,
  type Person,
  renderStage,
  time,
} from "../../ui/index.ts";
import { type AppHead, appAddress } from "./app-frame.ts";

/** What was made a moment ago. */
export type Made =
  /** A public app has no secret. */
  | { kind: "created"; clientId: string; clientSecret?: string }
  /** With the time when the secrets end that it replaces, if there are any; null when they have ended. */
  | { kind: "rotated"; clientId: string; clientSecret: string; endAt?: number | null }
  | { kind: "webhook"; webhookSecret: string };

export interface AppSecretOnceProps {
  person: Person;
  app: AppHead;
  made: Made;
}

/** The answer to the form that made the secret, so that it is in no address and on no page that can be opened again. */
export function renderAppSecretOnce(frame: Frame, { app, made, person }: AppSecretOnceProps): string {
  const words = frame.text.appSecretOnce;
  const title = words.titles[made.kind](app.face.name);
  const secret = made.kind === "webhook" ? made.webhookSecret : made.clientSecret;
  const label = made.kind === "webhook" ? words.webhookSecret : words.secret;
  return renderStage(frame, {
    title,
    person,
    body: html`<div class="slip slip-mid"><section class="stub stack"><div class="id">${appTile(app.face)}<div><h1>${title}</h1></div></div>
    ${secret ? notice("caution", words.copyNow, true) : html`<p class="mut">${words.publicLede}</p>`}
    ${made.kind !== "webhook" && html`<div><p class="label">${words.clientId}</p><p class="code">${made.clientId}</p></div>`}
    ${secret && html`<div><p class="label">${label}</p><p class="code code-big" id="secret">${secret}</p></div>`}
    ${made.kind === "rotated" && ending(frame, made.endAt)}
    ${secret && hint(frame, made.kind)}
    ${actions(frame, app, made.kind, secret !== undefined)}</section></div>`,
  });
}

function hint({ text }: Frame, kind: Made["kind"]): Markup {
  const words = text.appSecretOnce;
  const rows = kind === "webhook" ? [words.verify, ...words.keepRows] : words.keepRows;
  return html`<div class="group"><h2 class="head">${icon("key", 18)}${words.keep}</h2><ul class="dashes gap-s">${rows.map((row) => html`<li>${row}</li>`)}</ul></div>`;
}

function actions({ text }: Frame, app: AppHead, kind: Made["kind"], secret: boolean): Markup {
  const words = text.appSecretOnce;
  const back = { created: "app", rotated: "secrets", webhook: "webhook" }[kind];
  const preview = html`<a class="btn btn-quiet wide" href="${appAddress("preview", app)}">${words.preview}</a>`;
  return html`<div class="actions"><a class="btn btn-1" href="${appAddress(back, app)}">${secret ? words.done : words.go}</a>${kind === "created" && preview}</div>`;
}

function ending({ text, now }: Frame, endAt: number | null | undefined): Content {
  const words = text.appSecretOnce;
  if (endAt === undefined) return undefined;
  if (endAt === null) return html`<p class="fine">${words.oldEndedNow}</p>`;
  return html`<p class="fine num">${time(endAt, words.oldEnd(endAt, now))}</p>`;
}
