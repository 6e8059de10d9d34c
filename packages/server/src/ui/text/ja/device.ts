import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/device.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("ja");

export const device: Wording<typeof en.device> = {
  title: "コードを入力",
  heading: "デバイスのコードを入力してください",
  lede: "サインインしたいツールや機器の画面に表示されています。",
  confirmTitle: "コードを照合",
  confirmHeading: "デバイスにこのコードが表示されていますか？",
  confirmLede: "サインインしたいツールや機器の画面と、1文字ずつ照合してください。",
  code: "コード",
  help: "8文字の英字。大文字と小文字、ハイフンは区別しません。",
  caution: (platform) =>
    `今ご自身で表示させたコードだけを入力してください。${platform}の担当者がコードを送ることは決してありません。`,
  goOn: "続ける",
  confirm: "はい、続ける",
  next: "次の画面で、要求元を確認し、上限を設定します。まだ何も許可していません。",
  wrong: "このコードを表示しているデバイスはありません。確認するか、デバイスでやり直してください。",
  taken:
    "このコードは別のブラウザーですでに入力されています。心当たりがない場合は、第三者に渡った可能性があります。デバイスでやり直してください。",
  wait: (milliseconds) =>
    html`誤ったコードが多すぎます。<strong>${waitText(milliseconds)}</strong>待ってから、もう一度お試しください。`,

  done: {
    approved: {
      title: "デバイスがサインインしました",
      lede: (app) => html`${app}は自動的に続行します。このページは閉じて構いません。`,
      next: (link) => html`許可した内容は${link}にあり、いつでも変更や取り消しができます。`,
    },
    denied: {
      title: "デバイスを拒否しました",
      lede: (app) => html`デバイスの${app}はサインインしていません。何も共有されず、料金も発生していません。`,
      next: (link) => html`以前に許可した内容は${link}にあります。`,
    },
    expired: {
      title: "このコードは期限切れです",
      lede: (app) =>
        html`コードの有効期間は10分です。新しいコードを表示するには、デバイスで${app}をやり直してください。`,
      next: (link) => html`今回は何も許可していません。以前に許可した内容は${link}にあります。`,
    },
  },
};
