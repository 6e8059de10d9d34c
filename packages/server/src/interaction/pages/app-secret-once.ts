import {
  appTile,
  type Content,
  type Frame,
  html,
  icon,
  notice,
  type Person,
  perforation,
  renderStage,
  time,
} from "../../ui/index.ts";
import { type AppHead, appAddress } from "./app-frame.ts";

export interface AppSecretOnceProps {
  person: Person;
  app: AppHead;
  clientId: string;
  /** Shown here and nowhere else; a public app has none. */
  clientSecret?: string;
  /** Set unless the app is new. When the secrets end that it replaces, if there are any; null when they have ended. */
  replaced?: { endAt?: number | null };
}

/** The answer to the form that made the secret, so that it is in no address and on no page that can be opened again. */
export function renderAppSecretOnce(frame: Frame, props: AppSecretOnceProps): string {
  const { app, clientId, clientSecret, replaced, person } = props;
  const words = frame.text.appSecretOnce;
  const { name } = app.face;
  const title = !replaced ? words.createdTitle(name) : words.rotatedTitle(name);
  return renderStage(frame, {
    title,
    person,
    body: html`<div class="slip slip-mid">
  <section class="stub stack"><div class="id">${appTile(app.face)}<div><h1>${title}</h1></div></div>
    ${clientSecret ? notice("caution", words.copyNow, true) : html`<p class="mut">${words.publicLede}</p>`}
    <div><p class="label">${words.clientId}</p><p class="code">${clientId}</p></div>
    ${clientSecret && html`<div><p class="label">${words.secret}</p><p class="code code-big" id="client-secret">${clientSecret}</p></div>`}
    ${ending(frame, replaced?.endAt)}</section>
  ${clientSecret && perforation()}
  <section class="stub stub-bill stack">${clientSecret && hint(frame)}
    <div class="actions"><a class="btn btn-1" href="${appAddress(replaced ? "secrets" : "app", app)}">${clientSecret ? words.done : words.go}</a>${!replaced && html`<a class="btn btn-quiet wide" href="${appAddress("preview", app)}">${words.preview}</a>`}</div></section>
</div>`,
  });
}

function hint({ text }: Frame): Content {
  const words = text.appSecretOnce;
  return html`<div><h2 class="head">${icon("key", 18)}${words.keep}</h2><ul class="dashes gap-s">${words.keepRows.map((row) => html`<li>${row}</li>`)}</ul></div>`;
}

function ending({ text, now }: Frame, endAt: number | null | undefined): Content {
  const words = text.appSecretOnce;
  if (endAt === undefined) return undefined;
  if (endAt === null) return html`<p class="fine">${words.oldEndedNow}</p>`;
  return html`<p class="fine num">${time(endAt, words.oldEnd(endAt, now))}</p>`;
}
