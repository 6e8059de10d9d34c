import { emptyRoom, type Frame, html, type Markup, type Text, textField, time } from "../../ui/index.ts";
import { addressOf, pager, renderOperatorPage, type Staff } from "./operator-frame.ts";

export interface UserFace {
  id: string;
  username: string;
  displayName: string;
  email: string | null;
  emailVerified: boolean;
  role: keyof Text["operator"]["roles"];
  state: keyof Text["operator"]["states"];
  createdAt: number;
}

export interface OperatorUsersProps {
  staff: Staff;
  /** What was asked for. */
  words: string;
  users: readonly UserFace[];
  before?: string | undefined;
  /** The last one shown, when there are more. */
  olderBefore?: string | undefined;
}

export const usersPath = "/operator/users";
export const userPath = "/operator/user";

/** `GET /operator/users` with `q`. */
export function renderOperatorUsers(frame: Frame, props: OperatorUsersProps): string {
  const text = frame.text.operator;
  const { words, users, before, olderBefore } = props;
  const q = words === "" ? undefined : words;
  const field = textField({
    name: "q",
    label: text.find,
    type: "search",
    value: words,
    help: text.findHelp,
    autocomplete: "off",
    verbatim: true,
    maxLength: 254,
  });
  return renderOperatorPage(frame, {
    room: "users",
    staff: props.staff,
    body: html`<form class="panel stack" method="get" action="${usersPath}" role="search">${field}<div class="row"><button class="btn">${text.findNow}</button></div></form>
  ${users.length === 0 ? emptyRoom(text.nobody, text.nobodyLede) : list(frame, users)}
  ${pager(frame, {
    begun: before && addressOf(usersPath, { q }),
    older: olderBefore && addressOf(usersPath, { q, before: olderBefore }),
  })}`,
  });
}

function list(frame: Frame, users: readonly UserFace[]): Markup {
  const words = frame.text.operator;
  const heads = html`<tr><th scope="col">${words.username}</th><th scope="col" class="wide-only">${words.email}</th><th scope="col" class="wide-only">${words.role}</th><th scope="col">${words.state}</th><th scope="col" class="r wide-only">${words.since}</th></tr>`;
  return html`<section class="panel" aria-label="${words.found}"><div class="scroll"><table class="table"><caption class="vh">${words.found}</caption><thead>${heads}</thead><tbody>${users.map((user) => row(frame, user))}</tbody></table></div></section>`;
}

function row({ text }: Frame, user: UserFace): Markup {
  const words = text.operator;
  const link = html`<a href="${addressOf(userPath, { id: user.id })}"><bdi>${user.username}</bdi></a>`;
  return html`<tr><td>${link}<span class="fine phone-only">${words.roles[user.role]}</span></td><td class="wide-only">${user.email && html`<bdi>${user.email}</bdi>`}</td><td class="wide-only">${words.roles[user.role]}</td><td>${stateBadge(text, user.state)}</td><td class="r mut wide-only">${time(user.createdAt, words.moment(user.createdAt))}</td></tr>
`;
}

export function stateBadge(text: Text, state: UserFace["state"]): Markup {
  const look = state === "active" ? "badge badge-off" : "badge badge-bad badge-words";
  return html`<span class="${look}">${text.operator.states[state]}</span>`;
}
