import { type Content, type Frame, hidden, html, notice, renderStage } from "../../ui/index.ts";

export const leavingPath = "/account/leaving";

export interface LeavingProps {
  csrf: string;
  username: string;
  dueAt: number;
  /** What waits behind the sign-in. */
  request?: string | undefined;
  next?: string | undefined;
  late?: boolean;
}

/** `POST /account/leaving` with `answer`: for whoever signs in to an account that will be deleted. */
export function renderLeaving(frame: Frame, props: LeavingProps): string {
  const words = frame.text.accountDeletion;
  const { csrf, request, next, username, dueAt, late } = props;
  return renderStage(frame, {
    title: words.leavingTitle,
    failed: late === true,
    body: html`<div class="slip"><div class="stub stack"><h1>${words.leavingTitle}</h1>
  ${late && notice("bad", words.late, true)}
  <p class="mut">${words.leavingLede(html`<b><bdi>${username}</bdi></b>`, dueAt)}</p>
  <p class="mut">${words.leavingNote}</p>
  <form class="stack" method="post" action="${leavingPath}">${hidden({ csrf, request, next })}
    <div class="actions"><button class="btn btn-1" name="answer" value="keep">${words.takeBack}</button><button class="btn btn-quiet" name="answer" value="leave">${words.leave}</button></div></form>
</div></div>`,
  });
}

export interface LeftProps {
  dueAt: number;
}

/** After the deletion was asked for: the browser is signed out by then. */
export function renderLeft(frame: Frame, { dueAt }: LeftProps): string {
  const words = frame.text.accountDeletion;
  const door: Content = html`<p><a href="/sign-in">${frame.text.signIn.title}</a></p>`;
  return renderStage(frame, {
    title: words.doneTitle,
    body: html`<div class="slip"><div class="stub stack"><h1>${words.doneTitle}</h1><p class="mut" role="status">${words.done(dueAt)}</p>${door}</div></div>`,
  });
}
