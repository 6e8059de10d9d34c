import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/codes.ts";
import type { Wording } from "../wording.ts";
import { signIn } from "./doors.ts";

const { momentText } = phrasesIn("ja");

const code = {
  code: "メールで届いたコード",
  codeHelp: "6桁の数字です。届くまで1分ほどかかることがあります。迷惑メールもご確認ください。",
  sendAgain: "コードを再送する",
  wait: signIn.wait,
  problems: {
    wrong: "コードが違います。最新のメールを確認するか、新しいコードを請求してください。",
    dead: "このコードはもう使えません。新しいコードを請求してください。",
    address: "maya@fennick.example のようなアドレスを入力してください。",
  },
};

export const emailCode: Wording<typeof en.emailCode> = {
  ...code,
  use: "メールのコードでサインイン",
  title: "メールのコードでサインイン",
  lede: "アカウントの確認済みアドレスにコードを送ります。",
  email: "メールアドレス",
  send: "コードを送る",
  sentTitle: "メールをご確認ください",
  sentLede: (address) =>
    html`${address} を確認済みのアカウントがあれば、そこにコードを送りました。このブラウザーで、ここに入力してください。`,
  submit: "サインイン",
  other: "別のアドレスを使う",
  usePassword: "パスワードを使う",
};

export const passwordReset: Wording<typeof en.passwordReset> = {
  ...code,
  forgot: "パスワードをお忘れですか？",
  title: "新しいパスワードを設定",
  lede: "アカウントの確認済みアドレスにコードを送ります。そのコードで新しいパスワードを設定します。",
  email: emailCode.email,
  send: emailCode.send,
  sentLede: emailCode.sentLede,
  password: "新しいパスワード",
  passwordHelp: "12文字以上。短い文でも、パスワードマネージャーでも構いません。",
  submit: "パスワードを変更",
  other: emailCode.other,
  back: "サインインに戻る",
  doneTitle: "パスワードを変更しました",
  doneLede: "ここを含め、すべての場所でサインアウトしました。アプリへの許可はそのままです。",
  signIn: "サインイン",
};

export const accountPassword: Wording<typeof en.accountPassword> = {
  title: "パスワード",
  lede: "以前のパスワードでサインインしているほかの場所は、サインアウトされます。アプリへの許可はそのままです。",
  firstLede: "アカウントにはまだパスワードがありません。設定すると、パスワードでもサインインできます。",
  current: "現在のパスワード",
  password: passwordReset.password,
  passwordHelp: passwordReset.passwordHelp,
  submit: "パスワードを変更",
  set: "パスワードを設定",
  leave: "そのままにする",
  wait: signIn.wait,
  fresh: "パスワードを設定するには、先にもう一度サインインしてください。",
  signInAgain: "もう一度サインイン",
  stale: "その間に別の場所でパスワードが変更されました。ここでは何も変更していません。",
  changed: "パスワードを変更しました。ほかの場所はすべてサインアウトしました。",
  problems: { wrong: "現在のパスワードと一致しません。", missing: "パスワードを入力してください。" },
};

export const accountEmail: Wording<typeof en.accountEmail> = {
  ...code,
  title: "メールアドレス",
  lede: "確認済みのアドレスがあると、それでサインインでき、パスワードを忘れたときに戻ることができ、アカウントの出来事をお知らせできます。",
  none: "アドレスはまだありません。",
  verified: "確認済み",
  notVerified: "未確認",
  send: "コードを送る",
  sendTo: (address) =>
    html`${address} にコードを送ります。ご自身のアドレスであることを確認するため、ここに入力してください。`,
  sentTo: (address) => html`${address} にコードを送りました。`,
  confirm: "確認",
  confirmed: (address) => `${address} を確認しました。`,
  addTitle: "メールアドレスを追加する",
  confirmTitle: "確認する",
  changeTitle: "変更する",
  changeLede: "新しいアドレスを確認するまで現在のアドレスが使われ、変更時にはそちらにもお知らせします。",
  email: "新しいアドレス",
  change: "そこにコードを送る",
  fresh: "アドレスを変更するには、先にもう一度サインインしてください。",
  signInAgain: "もう一度サインイン",
  taken: "その間に別のアカウントがこのアドレスを確認しました。何も変更していません。",
  later: "後で",
};

export const outbox: Wording<typeof en.outbox> = {
  title: "送信箱",
  lede: "このプラットフォームにはメールサーバーがないため、メールはここに届きます。このページはこのマシン上にしかなく、ほかの人は読めません。",
  empty: "メールはまだありません",
  emptyLede: "コードを請求するか、アドレスを確認してください。",
  to: (address) => html`宛先: ${address}`,
  sent: momentText,
  asHtml: "表示どおりに見る",
};
