import { appTile, attribute, type Frame, hidden, html, type Person, renderStage, textField } from "../../ui/index.ts";
import { type AppHead, appAddress } from "./app-frame.ts";

export interface AppDeleteProps {
  person: Person;
  csrf: string;
  app: AppHead;
  /** How many people allow it, and how many it is shared with. */
  people: number;
  shares: number;
  /** What was written instead of its name. */
  written?: string;
}

/** `POST /account/apps/delete` with `app` and `confirm`, the name of the app. */
export function renderAppDelete(frame: Frame, { person, csrf, app, people, shares, written }: AppDeleteProps): string {
  const words = frame.text.appDelete;
  const { name } = app.face;
  const ends = [
    words.endTokens,
    words.endPeople(people),
    words.endSecrets,
    shares > 0 && words.endShares(shares),
    words.endName,
  ];
  return renderStage(frame, {
    title: words.title(name),
    failed: written !== undefined,
    person,
    body: html`<form class="slip slip-mid" method="post" action="/account/apps/delete">${hidden({ csrf, app: app.id })}
  <section class="stub stack"><div class="id">${appTile(app.face)}<div><h1>${words.title(name)}</h1><p class="mut">${words.lede}</p></div></div>
    <div><h2>${words.ends}</h2><ul class="dashes gap-s">${ends.map((end) => end && html`<li>${end}</li>`)}</ul></div>
    <p class="fine">${words.stays}</p>
    ${textField({
      name: "confirm",
      label: words.confirm,
      help: name,
      value: written,
      autocomplete: "off",
      verbatim: true,
      required: true,
      error: written === undefined ? undefined : words.mismatch(name),
      focus: written !== undefined,
    })}
    <div class="actions actions-2"><a class="btn" href="${appAddress("app", app)}">${words.keep}</a><button class="btn btn-bad"${attribute("name", "decision")} value="delete">${words.submit}</button></div></section>
</form>`,
  });
}
