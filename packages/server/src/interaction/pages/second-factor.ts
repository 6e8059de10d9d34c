import {
  appTile,
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  renderStage,
  textField,
} from "../../ui/index.ts";
import { carryOn, doorPath, type RequestingApp } from "./sign-in.ts";

export const secondFactorPath = "/idp/login/second";

export interface SecondFactorProps {
  csrf: string;
  by: "totp" | "recovery";
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string | undefined;
  /** The page of our own that waits for the sign-in. */
  next?: string | undefined;
  app?: RequestingApp | undefined;
  /** `blocked`: nothing may be tried from this network for a while. */
  problem?: { kind: "wrong" | "used" } | { kind: "wait" | "blocked"; milliseconds: number } | undefined;
}

/** `POST /idp/login/second` with `code`, `by`, `csrf` and what is carried on. */
export function renderSecondFactor(frame: Frame, props: SecondFactorProps): string {
  const words = frame.text.secondFactor;
  const title = props.by === "totp" ? words.title : words.recoveryTitle;
  const { help } = frame.brand.links;
  return renderStage(frame, {
    title,
    failed: props.problem !== undefined,
    body: html`<div class="slip"><div class="stub stack">
  ${head(frame, title, props)}
  ${problemNotice(frame, props)}
  ${form(frame, props)}
  <p class="mut"><a href="${otherWay(props)}">${props.by === "totp" ? words.useRecovery : words.useTotp}</a></p>
  <p class="mut"><a href="${doorPath("/sign-in", props)}">${words.startAgain}</a></p>
  ${help && props.by === "recovery" && html`<p class="fine">${words.lost(html`<a href="${help}">${words.help}</a>`)}</p>`}
</div></div>`,
  });
}

function head({ text, brand }: Frame, title: string, { by, app }: SecondFactorProps): Markup {
  const words = text.secondFactor;
  const lede = by === "totp" ? words.lede(brand.name) : words.recoveryLede;
  if (!app) return html`<div><h1>${title}</h1><p class="lede">${lede}</p></div>`;
  const goOn = text.signIn.goOn(html`<b>${app.name}</b>`);
  return html`<div class="id">${appTile(app)}<div><h1>${title}</h1><p class="mut">${goOn}</p></div></div>
  <p class="mut">${lede}</p>`;
}

function problemNotice({ text }: Frame, { by, problem }: SecondFactorProps): Content {
  const words = text.secondFactor;
  if (!problem) return undefined;
  if (problem.kind === "wait") return notice("caution", words.wait(problem.milliseconds), true);
  if (problem.kind === "blocked") return notice("caution", words.waitAll(problem.milliseconds), true);
  if (by === "recovery") return notice("bad", words.wrongRecovery, true);
  return notice("bad", problem.kind === "used" ? words.used : words.wrong, true);
}

function form({ text }: Frame, { csrf, by, request, next, problem }: SecondFactorProps): Markup {
  const words = text.secondFactor;
  const totp = by === "totp";
  const code = textField({
    name: "code",
    label: totp ? words.code : words.recoveryCode,
    numeric: totp,
    autocomplete: totp ? "one-time-code" : "off",
    verbatim: true,
    required: true,
    maxLength: 40,
    error: problem?.kind === "wrong" ? (totp ? words.wrongField : words.wrongRecoveryField) : undefined,
    focus: true,
  });
  return html`<form class="stack" method="post" action="${secondFactorPath}">${hidden({ csrf, request, next, by })}
    ${code}
    <div class="actions"><button class="btn btn-1">${words.submit}</button></div>
  </form>`;
}

function otherWay({ by, ...waiting }: SecondFactorProps): string {
  const carried = carryOn(waiting);
  if (by === "recovery") return secondFactorPath + carried;
  return `${secondFactorPath}${carried}${carried === "" ? "?" : "&"}by=recovery`;
}
