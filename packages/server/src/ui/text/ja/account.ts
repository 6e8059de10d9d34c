import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import { clockSecondsText, clockText, isSameDay } from "../../time-text.ts";
import type * as en from "../en/account.ts";
import type { Wording } from "../wording.ts";
import { money } from "./money.ts";
import { counted, list } from "./words.ts";

const { countText, dateText, lastUseText, leftText, monthName, monthText, plainDateText, shortDateText, spentText } =
  phrasesIn("ja");

export const connected: Wording<typeof en.connected> = {
  title: "連携中のアプリ",
  summary: (apps, spentMicros, now) => `${counted(apps, "件")}、${monthName(now)}の利用額 ${spentText(spentMicros)}`,
  knowsWords: {
    openid: "あなたのアカウント番号",
    profile: "お名前",
    email: "メールアドレス",
    phone: "電話番号",
    address: "住所",
  },
  knows: (words) => `知っている情報: ${list(words)}。`,
  uses: (payer) => `すべてのモデルを利用でき、支払い元は${payer}です。`,
  spendsNothing: "支払いはできません。",
  also: (titles) => `そのほかに許可したこと: ${list(titles)}。`,
  allowed: (at) => `${dateText(at)}に許可`,
  lastUsed: (at, now) => `、最終利用: ${lastUseText(at, now)}`,
  notUsed: "、まだ利用されていません",
  ends: (at) => `。${dateText(at)}に終了`,
  changeCap: "上限を変更",
  changeCapOf: (app) => `上限を変更: ${app}`,
  revoke: "取り消す",
  revokeOf: (app) => `取り消す: ${app}`,
  mostOf: (app) => `${app}が使える上限額`,
  stopsBelow: (usedMicros, at) =>
    `${spentText(usedMicros)}が利用済みまたは確保中です。これより低い上限にすると、${at === null ? "" : `${plainDateText(at)}まで`}呼び出しがすぐに止まります。`,
  save: "上限を保存",
  revokeTitle: (app) => `${app}の許可を取り消しますか？`,
  revokeLede: (spentMicros, now) =>
    spentMicros > 0
      ? `キーとトークンは1秒以内に使えなくなります。${monthName(now)}の利用額 ${spentText(spentMicros)} は請求に残ります。`
      : "キーとトークンは1秒以内に使えなくなります。",
  revokeNow: "今すぐ取り消す",
  keep: "そのままにする",
  note: "取り消すと、アプリはどこでも1秒以内に止まります。すでに使った金額は請求に残ります。",
  revokedApps: (apps) => `取り消したアプリ ${counted(apps, "件")}`,
  revokedTitle: "取り消し済み",
  revokedOn: (at) => `${dateText(at)}に取り消しました。明細は「利用状況」に残ります。`,
  emptyTitle: "あなたのアカウントを使えるアプリはありません",
  empty: (platform) => `${platform}でアプリにサインインすると、上限と請求がここに表示されます。`,
  revokedNotice: (app, receipts) => html`${app}の許可を取り消しました。${receipts}。`,
  receiptsStay: "明細はここに残ります",
  capNotice: (app, limitMicros, period) => `${app}の上限は${money.cap(limitMicros, period)}になりました。`,
};

export const usage: Wording<typeof en.usage> = {
  title: "利用状況",
  month: "月",
  monthName: monthText,
  monthOption: monthText,
  show: "表示",
  byDay: "日別",
  days: (days, calls) => `${counted(days, "日間")}、呼び出し${counted(calls, "回")}`,
  chart: (month) => `${month}の日別利用額（アプリごとの積み上げ）。数値は下の表にあります。`,
  bar: (at, app, micros) => `${plainDateText(at)}、${app}: ${spentText(micros)}`,
  apps: "アプリ",
  asTable: "表で表示",
  day: "日",
  sum: "合計",
  byApp: "アプリ別",
  soFar: (from, until) => `${new Date(from).getUTCDate()}日〜${dateText(until)}（途中経過）`,
  wholeMonth: (from, until) => `${new Date(from).getUTCDate()}日〜${dateText(until)}`,
  ownKeys: "ご自身のキー",
  otherApps: "その他のアプリ",
  calls: "呼び出し",
  caption: "呼び出し（新しい順、時刻はUTC）",
  time: "時刻（UTC）",
  callTime: (at, now) => (isSameDay(at, now) ? clockSecondsText(at) : `${shortDateText(at)} ${clockSecondsText(at)}`),
  callShort: (at, now, model) =>
    isSameDay(at, now) ? `${clockText(at)}、${model}` : `${shortDateText(at)} ${clockText(at)}、${model}`,
  receiptTime: (at) => `${dateText(at)} ${clockSecondsText(at)}（UTC）`,
  app: "アプリ",
  model: "モデル",
  tokensIn: "入力",
  tokensOut: "出力",
  price: "料金",
  receipt: "明細",
  receiptOf: (id) => `明細 ${id}`,
  position: (first, last, total) => `全${countText(total)}件中 ${countText(first)}〜${countText(last)}件目`,
  newest: "最新",
  older: "以前",
  emptyTitle: "この月の呼び出しはありません",
  empty: "アプリやご自身のキーによる呼び出しは、すべて明細とともにここに表示されます。",
  tokensInCount: (tokens) => `入力 ${countText(tokens)} トークン`,
  tokensCachedCount: (tokens) => `入力 ${countText(tokens)} トークン（キャッシュ）`,
  tokensOutCount: (tokens) => `出力 ${countText(tokens)} トークン`,
  aMillion: (price) => `100万あたり ${price}`,
  perCall: "呼び出し1回の料金",
  roundedUp: "端数の切り上げ（1回）",
  held: "呼び出し前に確保した額",
  givenBack: "戻された額",
  carried: (platform) => `${platform}の負担`,
  paidBy: (payer) => `支払い元: ${payer}。`,
  paidInside: (payer, limitMicros, period) => `支払い元: ${payer}（上限 ${money.cap(limitMicros, period)} の範囲内）。`,
  reported: "モデル提供元の報告に基づいて計算しました。",
  estimated: "モデル提供元から報告がなかったため、確保した額を超えない範囲で当方が計算しました。",
};

export const keys: Wording<typeof en.keys> = {
  title: "キー",
  summary: (number) => counted(number, "件"),
  make: "キーを作成",
  againNotice:
    "このフォームのキーはすでに作成されています。キーが表示されるのは一度だけです。コピーしていない場合は、そのキーを取り消して、新しく作成してください。",
  made: (at) => `${dateText(at)}に作成`,
  madeFor: (app, at) => `${app}用、${dateText(at)}に作成`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  ends: connected.ends,
  noCap: "個別の上限はありません。残高がなくなると止まります。",
  revoke: connected.revoke,
  revokeOf: connected.revokeOf,
  revokeTitle: (name) => `${name}を取り消しますか？`,
  revokeLede: "このキーを使うプログラムは1秒以内に止まります。取り消したキーは元に戻せません。",
  revokeNow: connected.revokeNow,
  keep: connected.keep,
  note: "キーが表示されるのは作成時の一度だけです。当方は指紋（ハッシュ）だけを保管します。",
  revokedNotice: (name) => `${name}を取り消しました。`,
  emptyTitle: "キーはありません",
  empty: (platform) =>
    `キーがあると、ご自身のプログラムから${platform}のモデルを利用できます。料金はあなたの請求に含まれます。`,
};

export const profile: Wording<typeof en.profile> = {
  title: "プロフィール",
  you: "あなたについて",
  name: "名前",
  username: "ユーザー名",
  email: "メールアドレス",
  noEmail: "なし",
  verified: "確認済み",
  notVerified: "未確認",
  number: "アカウント番号",
  since: "登録日",
  sinceDate: dateText,
  emailNote: "確認していないメールアドレスではサインインできません。",
  balance: "残高",
  held: "処理中の呼び出しのために確保",
  left: "利用できる額",
  workspace: "ワークスペース",
  workspaceNote: "許可したアプリの料金は、それぞれの上限まで、すべてここから支払われます。",
  low: (balanceMicros) =>
    html`残高は<strong>${leftText(balanceMicros)}</strong>です。チャージするまで呼び出しは止まります。`,
};

export const limit: Wording<typeof en.limit> = {
  title: (app) => `${app}の上限を引き上げる`,
  reached: (app) => `${app}は上限に達しました`,
  reachedLede:
    "最後の呼び出しは、料金が発生する前に断られました。上限を引き上げても、そのままにしても、請求は正しく計算されます。",
  open: (app) => `${app}は上限の範囲内です`,
  openLede:
    "残りの範囲に収まる呼び出しは実行されます。上限を引き上げても、そのままにしても、請求は正しく計算されます。",
  appCap: "このアプリの上限",
  capReached: "到達",
  capOpen: "範囲内",
  balance: (payer) => `${payer}の残高`,
  newCap: {
    day: "1日あたりの新しい上限",
    week: "1週間あたりの新しい上限",
    month: "1か月あたりの新しい上限",
    total: "合計の新しい上限",
  },
  other: "または別の金額",
  stopsAtBalance: (balanceMicros) => `残高の${leftText(balanceMicros)}に達した場合も止まります。`,
  notHigher: (limitMicros, period) =>
    `${money.cap(limitMicros, period)}より大きい金額を入力するか、そのままにしてください。`,
  leave: "そのままにする",
  raise: "上限を引き上げる",
  goBack: (link, host) => html`終わったら、${link}（${host}）。`,
  backTo: (app) => `${app}に戻ってください`,
};
