import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/account-deletion.ts";
import type { Wording } from "../wording.ts";

const { dateText } = phrasesIn("ja");

export const accountDeletion: Wording<typeof en.accountDeletion> = {
  exportTitle: "データの持ち出し",
  exportLede:
    "あなたについて保存されているすべてを1つの JSON ファイルにします。アカウント、サインイン方法、アプリ、キー、すべての呼び出しが含まれます。",
  exportNow: "すべてダウンロード",
  title: "アカウントの削除",
  lede: (days) =>
    `すぐにすべての場所でサインアウトし、アプリ、キー、トークンが止まります。${days}日間は、サインインすれば取りやめることができます。`,
  immediateLede: "すぐにすべての場所でサインアウトし、アプリ、キー、トークンが止まります。取りやめることはできません。",
  start: "アカウントを削除…",
  question: (username) => `アカウント ${username} を削除しますか？`,
  consequences: [
    "セッション、キー、トークンは今すぐ終了します。許可したアプリには退会が通知され、戻った場合は改めて確認が必要です。",
    "期間が終わると、名前、アドレス、画像、サインイン方法、出来事の記録が削除され、ユーザー名は空きます。",
    "所有しているアプリはその時点で、すべての利用者に対して削除されます。",
    "支払いの記録は、誰のものでもなくなったアカウント番号で帳簿に残ります。残高は失われます。",
  ],
  password: "パスワード",
  confirm: "アカウントを削除する",
  keep: "削除しない",
  fresh: "アカウントを削除するには、先にもう一度サインインしてください。",
  signInAgain: "もう一度サインイン",
  wait: "試行回数が多すぎます。少しお待ちください。",
  problems: {
    wrong: "パスワードが違います。",
    last_operator: "操作できる運営者はあなただけです。先にほかの人を運営者にしてください。",
  },
  doneTitle: "アカウントは削除されます",
  done: (at) => `すべての場所でサインアウトしました。${dateText(at)}までは、サインインすれば取りやめることができます。`,
  leavingTitle: "アカウントを残しますか？",
  leavingLede: (username, at) =>
    html`アカウント ${username} は${dateText(at)}に削除されます。それまでは何もできません。`,
  leavingNote: "残しても、終了したものは元に戻りません。アプリは改めて確認し、キーは作り直します。",
  takeBack: "アカウントを残す",
  leave: "削除する",
  late: "間に合いませんでした。アカウントは削除中です。",
  farewell: (platform) => ({
    subject: `${platform}のアカウントを削除しました`,
    lines: [
      "取りやめられる期間が終わりました。名前、アドレス、サインイン方法は削除されました。",
      "支払いの記録は、誰のものでもなくなった番号で帳簿に残ります。",
    ],
  }),
};
