import { type Frame, hidden, html, type Person, renderStage } from "../../ui/index.ts";

/**
 * `POST /sign-out` with `csrf` and `logout`, which is `yes` or `no`.
 *
 * @param request what an app asks for, sealed, when one sent the person here
 */
export function renderSignOut(frame: Frame, person: Person, request?: string): string {
  const words = frame.text.signOut;
  const title = words.title(frame.brand.name);
  return renderStage(frame, {
    title,
    person,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${title}</h1><p class="lede">${words.lede(html`<bdi>${person.label}</bdi>`)}</p></div>
  <form class="actions actions-2" method="post" action="/sign-out">${hidden({ csrf: person.csrf, request })}<button class="btn" name="logout" value="no">${words.stay}</button><button class="btn btn-1" id="logout-yes" name="logout" value="yes">${words.submit}</button></form>
</div></div>`,
  });
}

/** Names nobody: the next person at this computer reads it. */
export function renderSignedOut(frame: Frame): string {
  const words = frame.text.signOut;
  return renderStage(frame, {
    title: words.donePage,
    body: html`<div class="slip"><div class="stub stack">
  <div id="logged-out"><h1>${words.doneTitle}</h1><p class="lede">${words.doneLede}</p></div>
  <p class="mut">${words.shared}</p>
  <div class="actions"><a class="btn" href="/sign-in">${words.again}</a></div>
</div></div>
<p class="fine under">${words.apps}</p>`,
  });
}
