import {
  type Content,
  choiceField,
  exactText,
  type Frame,
  hidden,
  html,
  type Markup,
  moneyField,
  notice,
  type Text,
  time,
} from "../../ui/index.ts";
import { addressOf, renderOperatorPage, type Staff } from "./operator-frame.ts";
import { stateBadge, type UserFace, userPath } from "./operator-users.ts";

/** What may be known of an account: that there are secrets, never which. */
export interface UserSheet extends UserFace {
  ways: { password: boolean; passkeys: number; hotkeys: number; providers: readonly string[] };
  secondFactor: { recoveryCodes: number } | null;
  sessions: number;
  wallet: { id: string; balanceMicros: number; heldMicros: number } | null;
  /** The names of apps. */
  apps: readonly { name: string; scopes: readonly string[]; since: number }[];
}

export interface OperatorUserProps {
  staff: Staff;
  user: UserSheet;
  /** Left out for whoever only reads. */
  change?:
    | {
        csrf: string;
        fresh: boolean;
        isSelf: boolean;
        /** Makes a form that is sent twice count once. */
        once: string;
        /** What was written before a failed submit. */
        amount?: string | undefined;
      }
    | undefined;
  done?: keyof Text["operator"]["done"] | undefined;
  refused?: keyof Text["operator"]["refusals"] | undefined;
}

/** `POST /operator/user/…` with `user`: `disable`, `enable`, `credit` (`amount`, `once`), `reset`, `role` (`role`). */
export function renderOperatorUser(frame: Frame, props: OperatorUserProps): string {
  const words = frame.text.operator;
  const { user, staff, done, refused } = props;
  return renderOperatorPage(frame, {
    room: "users",
    title: words.sheet(user.username),
    failed: refused !== undefined,
    staff,
    body: html`${done && notice("good", words.done[done], true)}${refused && notice("bad", words.refusals[refused], true)}
  <div class="cols cols-even">
  <section class="panel" aria-labelledby="account"><h2 id="account">${words.account}</h2>${accountFacts(frame, user)}</section>
  <section class="panel" aria-labelledby="ways"><h2 id="ways">${words.ways}</h2>${wayFacts(frame, user)}</section>
  ${user.wallet && walletPanel(frame, user.wallet, staff)}
  <section class="panel" aria-labelledby="apps"><h2 id="apps">${words.allowed}</h2>${apps(frame, user)}</section></div>
  ${staff.rooms.includes("audit") && html`<p><a href="${addressOf("/operator/audit", { subject: user.id })}">${words.history}</a></p>`}
  ${changes(frame, props)}`,
  });
}

function accountFacts({ text }: Frame, user: UserSheet): Markup {
  const words = text.operator;
  const email = user.email
    ? html`<bdi>${user.email}</bdi>, ${user.emailVerified ? words.proven : words.notProven}`
    : words.none;
  return html`<dl class="facts"><dt>${words.id}</dt><dd class="mono">${user.id}</dd><dt>${words.name}</dt><dd><bdi>${user.displayName}</bdi></dd><dt>${words.email}</dt><dd>${email}</dd><dt>${words.role}</dt><dd>${words.roles[user.role]}</dd><dt>${words.state}</dt><dd>${stateBadge(text, user.state)}</dd><dt>${words.created}</dt><dd class="num">${time(user.createdAt, words.moment(user.createdAt))}</dd></dl>`;
}

function wayFacts({ text }: Frame, { ways, secondFactor, sessions }: UserSheet): Markup {
  const words = text.operator;
  const providers = ways.providers.length === 0 ? words.none : ways.providers.join(", ");
  const codes = secondFactor && html`<dt>${words.recoveryCodes}</dt><dd class="num">${secondFactor.recoveryCodes}</dd>`;
  return html`<dl class="facts"><dt>${words.password}</dt><dd>${ways.password ? words.yes : words.no}</dd><dt>${words.passkeys}</dt><dd class="num">${ways.passkeys}</dd><dt>${words.hotkeys}</dt><dd class="num">${ways.hotkeys}</dd><dt>${words.providers}</dt><dd>${providers}</dd><dt>${words.secondFactor}</dt><dd>${secondFactor ? words.yes : words.no}</dd>${codes}<dt>${words.sessions}</dt><dd class="num">${sessions}</dd></dl>`;
}

function walletPanel({ text }: Frame, wallet: NonNullable<UserSheet["wallet"]>, staff: Staff): Markup {
  const words = text.operator;
  const { id, balanceMicros, heldMicros } = wallet;
  const statement =
    staff.rooms.includes("ledger") &&
    html`<p><a href="${addressOf("/operator/ledger", { wallet: id })}">${words.statement}</a></p>`;
  return html`<section class="panel stack-s" aria-labelledby="wallet"><h2 id="wallet">${words.wallet}</h2><dl class="facts"><dt>${words.id}</dt><dd class="mono">${id}</dd><dt>${words.balance}</dt><dd class="num">${exactText(balanceMicros, text.language)}</dd><dt>${words.held}</dt><dd class="num">${exactText(heldMicros, text.language)}</dd></dl>${statement}</section>`;
}

function apps({ text }: Frame, user: UserSheet): Markup {
  const words = text.operator;
  if (user.apps.length === 0) return html`<p class="fine">${words.noApps}</p>`;
  const rows = user.apps.map(
    ({ name, scopes, since }) =>
      html`<li><div class="stack-xs"><p><b><bdi>${name}</bdi></b></p><p class="fine num">${scopes.join(", ")}; ${time(since, words.moment(since))}</p></div></li>`,
  );
  return html`<ul class="rows">${rows}</ul>`;
}

function changes(frame: Frame, { change, user, refused }: OperatorUserProps): Content {
  if (!change || user.state === "deleted") return undefined;
  const words = frame.text.operator;
  const { csrf, fresh, isSelf, once, amount } = change;
  if (isSelf) return notice("plain", words.ownSheet);
  if (!fresh) {
    const next = encodeURIComponent(addressOf(userPath, { id: user.id }));
    return notice("plain", html`${words.fresh} <a href="/sign-in?next=${next}">${words.signInAgain}</a>.`);
  }
  const sheet = { csrf, user: user.id };
  const disabled = user.state === "disabled";
  const moneyWrong = refused === "invalid_amount" ? words.refusals.invalid_amount : undefined;
  const money = moneyField(frame.text, {
    name: "amount",
    label: words.amount,
    value: amount ?? "",
    required: true,
    placeholder: "25.00",
    ...(moneyWrong && { error: moneyWrong, focus: true }),
  });
  const role = choiceField({
    name: "role",
    label: words.role,
    options: Object.entries(words.roles),
    value: user.role,
  });
  return html`<section class="panel stack" aria-labelledby="change"><h2 id="change">${words.change}</h2><div class="cols cols-even">
  ${deed("credit", words.credit, words.creditLede, { ...sheet, once }, money, words.creditNow)}
  ${
    disabled
      ? deed("enable", words.enable, words.enableLede, sheet, undefined, words.enableNow)
      : deed("disable", words.disable, words.disableLede, sheet, undefined, words.disableNow, true)
  }
  ${user.secondFactor && deed("reset", words.reset, words.resetLede, sheet, undefined, words.resetNow, true)}
  ${deed("role", words.changeRole, words.roleLede, sheet, role, words.roleNow)}</div></section>`;
}

function deed(
  name: string,
  title: string,
  lede: string,
  carried: Record<string, string>,
  fields: Content,
  button: string,
  harms = false,
): Markup {
  return html`<form class="tray stack-s" method="post" action="${userPath}/${name}">${hidden(carried)}
    <h3>${title}</h3><p class="fine">${lede}</p>${fields}
    <div class="row"><button class="btn btn-s${harms && " btn-bad"}">${button}</button></div></form>`;
}
