import {
  type AppFace,
  appTile,
  attribute,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  renderStage,
} from "../../ui/index.ts";

export interface DeviceProps {
  csrf: string;
  person: Person;
  /** As it stands in the field. */
  code?: string;
  /** The code came with the address, not from the person's own hand: it must be compared. */
  confirm?: boolean;
  problem?: { kind: "wrong" } | { kind: "taken" } | { kind: "wait"; milliseconds: number };
  /** Where "Not you?" comes back to. */
  next: string;
}

/** `POST /device` with `csrf` and `user_code`. */
export function renderDevice(frame: Frame, props: DeviceProps): string {
  const { csrf, person, confirm = false, problem, next } = props;
  const words = frame.text.device;
  return renderStage(frame, {
    title: confirm ? words.confirmTitle : words.title,
    failed: problem !== undefined,
    person,
    next,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${confirm ? words.confirmHeading : words.heading}</h1><p class="lede">${confirm ? words.confirmLede : words.lede}</p></div>
  ${problemNotice(frame, props)}
  <form class="stack" method="post" action="/device">${hidden({ csrf })}
    ${codeField(frame, props)}
    ${notice("caution", words.caution(frame.brand.name))}
    <div class="actions"><button class="btn btn-1">${confirm ? words.confirm : words.goOn}</button></div>
  </form>
</div></div>
<p class="fine under">${words.next}</p>`,
  });
}

function problemNotice({ text }: Frame, { problem }: DeviceProps): Content {
  if (problem?.kind === "wait") return notice("caution", text.device.wait(problem.milliseconds), true);
  return problem?.kind === "taken" && notice("bad", text.device.taken, true);
}

function codeField({ text }: Frame, { code, confirm, problem }: DeviceProps): Markup {
  const words = text.device;
  const wrong = problem?.kind === "wrong";
  const attributes = [
    attribute("value", code),
    attribute("aria-invalid", wrong && "true"),
    attribute("autofocus", (!confirm && !problem) || wrong),
  ];
  const note = wrong
    ? html`<p class="error" id="user_code-note">${words.wrong}</p>`
    : html`<p class="help" id="user_code-note">${words.help}</p>`;
  return html`<div class="field"><label for="user_code">${words.code}</label><input class="input code-in" id="user_code" name="user_code" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="20" aria-describedby="user_code-note" required${attributes}>${note}</div>`;
}

export interface DeviceDoneProps {
  person: Person;
  app: AppFace;
  outcome: "approved" | "denied" | "expired";
}

/** The end of the way in this browser; the device goes on by itself. */
export function renderDeviceDone(frame: Frame, { person, app, outcome }: DeviceDoneProps): string {
  const words = frame.text.device.done[outcome];
  const link = html`<a href="/account/connected">${frame.text.consent.connectedApps}</a>`;
  return renderStage(frame, {
    title: words.title,
    person,
    next: "/device",
    body: html`<div class="slip"><div class="stub stack">
  <div class="id">${appTile(app)}<div><h1>${words.title}</h1></div></div>
  <p class="lede">${words.lede(html`<b>${app.name}</b>`)}</p>
  <p class="mut">${words.next(link)}</p>
</div></div>`,
  });
}
