import { appTile, type Frame, hidden, html, type Person, renderStage } from "../../ui/index.ts";
import type { RequestingApp } from "./sign-in.ts";
import { totpPath } from "./totp.ts";

export const secondFactorNeededPath = "/idp/authorize/second-factor";

export interface SecondFactorNeededProps {
  person: Person;
  csrf: string;
  /** The sealed authorization request. */
  request: string;
  app: RequestingApp;
  /** Whether the person has a passkey, which is two factors in one. */
  hasPasskey: boolean;
}

/** `POST /idp/authorize/second-factor` with `csrf`, `request` and `decision` (`passkey`, `deny`). */
export function renderSecondFactorNeeded(frame: Frame, props: SecondFactorNeededProps): string {
  const { app, person, csrf, request, hasPasskey } = props;
  const words = frame.text.secondFactorNeeded;
  const setUp = `${totpPath}?${new URLSearchParams({ add: "1", request })}`;
  const look = hasPasskey ? "btn" : "btn btn-1";
  return renderStage(frame, {
    title: words.title,
    person,
    request,
    body: html`<div class="slip"><div class="stub stack">
  <div class="id">${appTile(app)}<div><h1>${words.title}</h1></div></div>
  <p class="mut">${words.lede(html`<b>${app.name}</b>`)}</p>
  <form class="actions" method="post" action="${secondFactorNeededPath}">${hidden({ csrf, request })}
    ${hasPasskey && html`<button class="btn btn-1" name="decision" value="passkey">${words.passkey}</button>`}
    <a class="${look}" href="${setUp}">${words.setUp}</a>
    <p class="fine">${words.setUpHelp}</p>
    <button class="btn btn-quiet wide" id="deny" name="decision" value="deny">${words.deny}</button>
  </form>
</div></div>`,
  });
}
