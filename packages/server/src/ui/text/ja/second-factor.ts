import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/second-factor.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("ja");

export const secondFactor: Wording<typeof en.secondFactor> = {
  title: "コードを入力",
  lede: (platform) => `認証アプリに表示されている、${platform}の6桁の数字を入力してください。`,
  code: "コード",
  submit: "続ける",
  useRecovery: "代わりに回復コードを使う",
  recoveryTitle: "回復コードを使う",
  recoveryLede: "認証アプリの設定時に保管したコードの1つです。それぞれ1回だけ使えます。",
  recoveryCode: "回復コード",
  useTotp: "代わりに認証アプリを使う",
  startAgain: "別の人としてサインイン",
  lost: (help) => html`どちらもない場合は、${help}。`,
  help: "サポートにお問い合わせください",
  wrong: "コードが違います。アプリをもう一度確認してください。30秒ごとに新しいコードが表示されます。",
  wrongField: "アプリに今表示されている6桁の数字です。",
  used: "このコードは使用済みです。次のコードが表示されるまでお待ちください。",
  wrongRecovery: "あなたの回復コードではないか、使用済みです。",
  wrongRecoveryField: "16文字の英数字です。",
  wait: (milliseconds) =>
    html`誤ったコードが多すぎます。<strong>${waitText(milliseconds)}</strong>待つか、回復コードを使ってください。`,
  waitAll: (milliseconds) =>
    html`試行回数が多すぎます。<strong>${waitText(milliseconds)}</strong>待ってから、もう一度お試しください。`,
};
