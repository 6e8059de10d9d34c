import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/consent.ts";
import type { Wording } from "../wording.ts";
import { money } from "./money.ts";
import { counted, list } from "./words.ts";

const { dateText, monthName, monthText, shortFullDateText } = phrasesIn("ja");

function people(count: number): string {
  return count === 0 ? "利用者なし" : counted(count, "人");
}

export const consent: Wording<typeof en.consent> = {
  title: (app) => `${app}を許可しますか？`,
  moreTitle: (app) => `${app}に追加で許可しますか？`,
  wantsAccount: (app, platform) => `${app}が${platform}のアカウントの利用を求めています`,
  wantsIdentity: (app) => `${app}がご本人であることの確認を求めています`,
  asksForMore: (app, count) => `${app}が追加で${counted(count, "件")}の許可を求めています`,

  faceChanged: (app, at) =>
    `${app} は以前に許可されています。${dateText(at)}にアプリの名前、画像、またはアドレスが変わったため、改めて確認します。`,

  answerGoesTo: "応答の送り先",
  yourDevice: (code) => html`${code} を表示しているデバイス`,
  thisComputer: (host) => html`このコンピューター（${host}）`,
  asksToSpend: "求めている利用額",
  upTo: (limitMicros, period) => `${money.cap(limitMicros, period)} まで`,
  asMuchAsYouAllow: "許可する額まで",
  madeBy: "提供者",
  saysTheApp: (maker) => `「${maker}」（アプリの申告）`,
  onPlatform: (platform) => `${platform}での実績`,
  sincePeople: (since, count) => `${shortFullDateText(since)}から、${people(count)}`,
  onPlatformSince: (platform, since, count) => `${platform}に${monthText(since)}から登録、${people(count)}`,

  unverified: (app, host) =>
    html`${app}の提供者を確認できていません。${host} から来ていて、そのサイトを信頼できる場合にだけ進んでください。`,
  localProgram: (host) =>
    html`応答は<strong>このコンピューター</strong>のプログラム（${host}）に送られます。ご自身で今起動した場合にだけ進んでください。`,
  deviceWaits: (code) =>
    html`<strong>${code}</strong> を表示しているデバイスと、それを持っている人がサインインします。ご自身のデバイスで、今このコードを表示させた場合にだけ進んでください。`,

  mayKnow: "知ることができる情報",
  mayKnowAndDo: "知ることができる情報とできること",
  maySpend: "利用できる金額",
  optional: "任意",
  isNew: "新規",
  stays: (count, at) => `${dateText(at)}に許可した${counted(count, "件")}はそのままです`,

  whoPays: "支払い元",
  payer: (name, left) => `${name}（${left}）`,
  suggests: (app, limitMicros, period) =>
    `${app}の提案は${money.cap(limitMicros, period)}です。上限に達すると呼び出しは止まり、それ以上の支払いは発生しません。`,
  suggestsNone: (app, limitMicros, period) =>
    `${app}は上限を提案していません。${money.cap(limitMicros, period)}から始めます。ご自身で入力してください。`,
  readBack: (caps, until) => {
    const limits = list(caps.map(({ limitMicros, period }) => money.cap(limitMicros, period)));
    const end = until !== null && html`、期限は<strong>${dateText(until)}</strong>`;
    return html`上限は<strong>${limits}</strong>${end}です。まだ何も許可していません。同意するには「許可」を押してください。`;
  },
  more: "2つ目の上限または終了日を追加",

  billStays: "請求は変わりません",
  cap: "上限",
  spentIn: (at) => `${monthName(at)}の利用額`,

  deny: "拒否",
  allow: "許可",
  identityOnly: "サインインのみ（支払いなし）",
  check: "確認",
  goBack: (host) => html`${host} に戻ります。`,
  deviceGoesOn: "デバイスは自動的に続行します。",
  eitherWay: (host) => html`どちらの場合も ${host} に戻り、以前に許可した内容はそのままです。`,
  changeLater: (link) => html`上限の変更や取り消しは、いつでも${link}でできます。`,
  revokeLater: (link) => html`取り消しは、いつでも${link}でできます。`,
  connectedApps: "連携中のアプリ",
};

export const staleConsent: Wording<typeof en.staleConsent> = {
  title: "その間に、もう一度サインインしました",
  lede: "このページはその前に別のタブかウィンドウで開かれたため、回答を受け付けませんでした。何も許可されず、何も拒否されていません。",
  again: "もう一度質問を表示",
};
