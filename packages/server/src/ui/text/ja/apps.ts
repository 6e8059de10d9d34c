import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/apps.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText, lastUseText, resetText } = phrasesIn("ja");

export const apps: Wording<typeof en.apps> = {
  title: "作成したアプリ",
  summary: (number) => counted(number, "件"),
  create: "アプリを登録",
  emptyTitle: "登録したアプリはありません",
  empty: (platform) =>
    `アプリを登録すると、利用者は${platform}のアカウントでサインインし、自分の呼び出しの料金を自分で支払います。`,
  mayNot: {
    email_unverified: "先にメールアドレスを確認してください。アプリを登録できるのはその後です。",
    phone_unverified: "先に電話番号を確認してください。アプリを登録できるのはその後です。",
    operators_only: "ここでは運営者だけがアプリを登録できます。運営者にお尋ねください。",
    too_many: "1人が持てるアプリの数に達しています。別のアプリを登録するには、1つ削除してください。",
  },
  open: "開く",
  openOf: (app) => `開く: ${app}`,
  roles: { owner: "所有", manager: "管理を共有", viewer: "閲覧を共有" },
  sharedBy: (owner) => `${owner}より`,
  inactive: "停止中",
  listed: "アプリ一覧に表示",
  unlisted: "アプリ一覧に非表示",
  people: (number) => (number === 0 ? "許可した人はまだいません" : `${counted(number, "人")}が許可`),
  registered: (at) => `${dateText(at)}に登録`,
  note: (link) => html`表示設定にしたアプリは${link}で見つけられます。`,
  directory: "アプリ一覧",
  deleted: (app) => `${app}を削除しました。トークンは停止し、名前は空きました。`,
  newer: "新しい順",
  older: "以前",

  pages: "このアプリのページ",
  tabs: {
    app: "概要",
    edit: "詳細",
    redirects: "リダイレクト",
    secrets: "シークレット",
    trust: "ドメインとロゴ",
    webhook: "Webhook",
    people: "メンバー",
    preview: "プレビュー",
  },
  pageTitle: (app, tab) => `${app}: ${tab}`,
  viewing: (owner) => `${owner}があなたにこのアプリの閲覧を許可しています。変更できるのは管理者だけです。`,
  inactiveNotice: "このアプリは停止中です。誰もサインインできず、トークンは無効です。",
  saved: "保存しました。",
  signInAgain: "サインインから30分以上たっています。変更するには、",
  signInNow: "もう一度サインインしてください",
};

export const appOverview: Wording<typeof en.appOverview> = {
  people: "利用者",
  peopleNote: "現在許可している人数",
  active: "アクティブ",
  activeNote: "過去30日間",
  spent: "利用額",
  spentNote: "利用者による30日間の合計",
  errors: "失敗した呼び出し",
  errorsNote: "過去30日間",
  connect: "アプリを接続する",
  connectLede: "どの OpenID Connect ライブラリでも使えます。残りの設定は自動で見つかります。",
  clientId: "クライアント ID",
  issuer: "発行者",
  discovery: "設定情報",
  about: "概要",
  type: "種類",
  types: {
    confidential: "シークレットを守るサーバーあり",
    public: "シークレットなし: ブラウザー、スマートフォン、パソコン",
  },
  owner: "所有者",
  registered: "登録日",
  registeredOn: dateText,
  changed: "最終変更",
  changedAt: lastUseText,
  appId: "アプリ番号",
  scopes: "求められること",
  state: "停止または削除",
  stateOff: "再開または削除",
  activeLede:
    "停止すると、誰もサインインできなくなり、トークンは1秒以内に止まります。再開すると最初からになり、利用者はもう一度サインインしますが、上限は残ります。",
  deactivate: "停止",
  deactivateTitle: (app) => `${app}を停止しますか？`,
  deactivateLede: (people) =>
    people === 0
      ? "再開するまで誰もサインインできません。"
      : `再開するまで${counted(people, "人")}が使えなくなります。トークンは1秒以内に止まり、元には戻りません。`,
  deactivateNow: "今すぐ停止",
  activate: "再開",
  activated: "アプリを再開しました。サインインできます。",
  deactivated: "アプリを停止しました。トークンは1秒以内に無効になります。",
  keep: "停止しない",
  remove: "アプリを削除",
};

export const appDelete: Wording<typeof en.appDelete> = {
  title: (app) => `${app}を削除しますか？`,
  lede: "元に戻すことはできません。",
  ends: "終了するもの",
  endTokens: "トークンとコードは、どこでも1秒以内に止まります。",
  endPeople: (people) =>
    people === 0
      ? "許可している人がいないため、影響はありません。"
      : `${counted(people, "人")}がサインインできなくなります。`,
  endSecrets: "クライアント ID とシークレットは使えなくなります。新しいアプリには別のものが発行されます。",
  endShares: (shares) => `共有している${counted(shares, "人")}も使えなくなります。`,
  endName: "名前は空き、ほかの人が登録できるようになります。",
  stays: "このアプリで使われた金額は、利用者の請求に残ります。",
  confirm: "確認のため名前を入力してください",
  mismatch: (app) => `${app} と正確に入力してください。`,
  submit: "完全に削除",
  keep: "削除しない",
};

export const appSecrets: Wording<typeof en.appSecrets> = {
  title: "クライアントシークレット",
  lede: "サーバーはこれで、このアプリであることを証明します。以下はすべて現在有効です。",
  none: "有効なシークレットがありません。作成しないと、アプリはコードを交換できません。",
  hint: (hint) => `csc_…${hint}`,
  made: (at, now) => `作成: ${madeWhen(at, now)}`,
  ends: (at, now) => `終了: ${resetText(at, now)}`,
  stays: "交換するまで有効",
  newest: "使用中",
  ending: "終了予定",
  kill: "無効にする",
  killOf: (hint) => `末尾が ${hint} のシークレットを無効にする`,
  killTitle: (hint) => `csc_…${hint} を無効にしますか？`,
  killLede: "これを使うと1秒以内に拒否されます。元には戻りません。",
  killLast: "これが唯一のシークレットです。新しく作成するまで、アプリは誰もサインインさせられません。",
  killNow: "今すぐ無効にする",
  keep: "そのままにする",
  killed: "シークレットを無効にしました。",
  rotate: "新しいシークレットを作成",
  rotateLede:
    "古いものは指定した期間だけ有効なので、先に新しいものを設置できます。漏れた場合は「すぐに」を選んでください。",
  overlap: "古いものの終了",
  overlaps: { 0: "すぐに", 3600: "1時間後", 86400: "1日後", 604800: "7日後" },
  submit: "新しいシークレットを作成",
  publicTitle: "このアプリにシークレットはありません",
  publicLede:
    "ブラウザー、スマートフォン、パソコンで動くアプリでは、シークレットを安全に保管できません。代わりに、サインインのたびに PKCE で保護します。",
};

export const appSecretOnce: Wording<typeof en.appSecretOnce> = {
  titles: {
    created: (app) => `${app}を登録しました`,
    rotated: (app) => `${app}の新しいシークレット`,
    webhook: (app) => `${app}の新しい署名シークレット`,
  },
  copyNow: "今すぐコピーしてください。当方は指紋（ハッシュ）だけを保管するため、二度と表示できません。",
  secret: "クライアントシークレット",
  clientId: "クライアント ID",
  webhookSecret: "署名シークレット",
  keep: "保管のしかた",
  verify: "Standard Webhooks の方法で、届いた通知をこれで検証してください。主な言語にはライブラリがあります。",
  keepRows: [
    "サーバーのシークレットストアか環境変数に入れてください。",
    "ソースコード、ページ、スマートフォンのアプリ、チャットには決して書かないでください。",
    "漏れた場合は新しいものを作成し、これをすぐに終了させてください。",
  ],
  oldEnd: (at, now) => `古いシークレットの終了: ${resetText(at, now)}。`,
  oldEndedNow: "古いシークレットはもう使えません。",
  publicLede:
    "シークレットは必要ありません。プログラムにクライアント ID を設定すれば、サインインできるようになります。",
  done: "保管しました",
  go: "アプリへ",
  preview: "利用者に見える画面を確認",
};

export const appPeople: Wording<typeof en.appPeople> = {
  title: "このアプリに関わる人",
  owner: "所有者",
  ownerLede: "すべての操作ができます。共有と削除は所有者だけができます。",
  roles: { manager: "管理者", viewer: "閲覧者" },
  roleLedes: { manager: "この一覧以外を変更できます。削除はできません。", viewer: "閲覧だけで、変更はできません。" },
  since: (at) => `${dateText(at)}から`,
  empty: "まだ誰とも共有していません。",
  takeBack: "共有をやめる",
  takeBackOf: (name) => `共有をやめる: ${name}`,
  add: "共有する",
  username: "ユーザー名",
  role: "権限",
  roleChoices: { manager: "管理", viewer: "閲覧" },
  submit: "共有",
  errors: {
    missing: "相手のユーザー名を入力してください。",
    unknown: "このユーザー名の人はいません。",
    self: "すでにあなたのものです。",
    already: "すでに共有しています。権限を変えるには、いったん共有をやめてください。",
  },
  shared: (name) => `${name}と共有しました。`,
  takenBack: "共有をやめました。相手からアプリは見えなくなります。",
};

function madeWhen(at: number, now: number): string {
  const days = Math.floor((now - at) / 86_400_000);
  return days < 1 ? lastUseText(at, now) : `${dateText(at)}（${days}日前）`;
}
