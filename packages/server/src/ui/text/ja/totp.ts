import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/totp.ts";
import type { Wording } from "../wording.ts";

const { dateText } = phrasesIn("ja");

export const totp: Wording<typeof en.totp> = {
  title: "2つ目の要素",
  back: "セキュリティ",
  app: "認証アプリ",
  lede: "パスワードに加えて、スマートフォンのアプリに表示される6桁の数字でサインインします。パスワードを知られただけでは入れません。",
  off: "オフ",
  on: "オン",
  onSince: (at) => `${dateText(at)}から`,
  add: "設定",
  fresh: "設定と削除には、30分以内のサインインが必要です。",
  signInAgain: "もう一度サインイン",
  scanTitle: "アプリで読み取ってください",
  scanLede: "どの認証アプリでも使えます。この画像は、1つのアカウントに1時間だけ有効です。",
  picture: "アカウントのキーを含む QR コード",
  openHere: "このデバイスのアプリで開く",
  typeKey: "または、このキーをアプリに入力してください",
  keyHelp: "時刻ベース、6桁、30秒、SHA-1（アプリの標準設定）。",
  code: "アプリに表示されたコード",
  turnOn: "オンにする",
  leave: "やめる",
  problems: {
    wrong: "コードが違います。アプリをもう一度確認し、スマートフォンの時計が正しいことを確かめてください。",
    wrongField: "アプリに今表示されている6桁の数字です。",
    expired: "画像の有効期限が切れました。新しい画像を読み取り、前のものはアプリから削除してください。",
    enrolled: "アカウントには、すでに認証アプリがあります。",
  },
  codesTitle: "回復コード",
  codesLede: "スマートフォンを失くしたときのためのものです。アプリのコードの代わりに、それぞれ1回サインインできます。",
  codesLeft: (codes) => `残り${codes}個`,
  noCodes: "コードが残っていません。今すぐ新しく作成してください。",
  fewCodes: "コードが残りわずかです。必要になる前に新しく作成してください。",
  renew: "新しいコードを作成",
  renewTitle: "新しいコードを作成しますか？",
  renewLede: "現在のコードはすぐに使えなくなります。",
  renewNow: "今すぐ作成",
  remove: "削除",
  removeTitle: "認証アプリを削除しますか？",
  removeLede: "パスワードだけでサインインできるようになり、回復コードは無効になります。",
  removeNow: "今すぐ削除",
  keep: "そのままにする",
  removedNotice: "認証アプリを削除しました。アプリ側でもアカウントを削除してください。",
  onceTitle: "回復コードを保管してください",
  onceAdded: "認証アプリがオンになりました。これなしで始めたほかのセッションは終了しました。",
  onceLede: "表示されるのは今だけです。スマートフォンが手元にないときに、それぞれ1回使えます。",
  onceKeep: "保管場所",
  onceRows: ["紙に書き、パスポートと同じ場所に", "パスワードマネージャーに（パスワードも同じ場所にある場合を除く）"],
  done: "保管しました",
};

export const secondFactorNeeded: Wording<typeof en.secondFactorNeeded> = {
  title: "2つ目の要素が必要です",
  lede: (app) =>
    html`${app}は、パスワードだけでないサインインを求めています。アカウントにはまだ2つ目の要素がありません。`,
  setUp: "認証アプリを設定",
  setUpHelp: "2分ほどで終わり、その後アプリに進みます。",
  passkey: "パスキーでサインイン",
  deny: "アプリに戻る",
};
