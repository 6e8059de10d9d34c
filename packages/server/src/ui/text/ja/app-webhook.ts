import { phrasesIn } from "../../phrases.ts";
import { clockSecondsText, clockText, isSameDay } from "../../time-text.ts";
import type * as en from "../en/app-webhook.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { countText, resetText, shortDateText } = phrasesIn("ja");

export const appWebhook: Wording<typeof en.appWebhook> = {
  title: "アプリへの通知先",
  lede: "誰かがアプリの許可を取り消したり変更したりしたとき、またシークレットが替わったときに、アプリへ知らせます。通知はすべて署名されています。",
  address: "アドレス",
  addressHelp: "公開インターネット上の https アドレス。通知が不要な場合は空欄にしてください。",
  save: "アドレスを保存",
  none: "なし",
  secret: "署名シークレット",
  secretLede: "通知が当方からのものであることを、アプリはこれで検証します。古いものが終わるまでは両方で署名します。",
  overlap: "古いものの終了",
  makeSecret: "新しい署名シークレットを作成",
  deliveries: "送った通知",
  caption: "過去30日間のイベント（新しい順）",
  attempts: (number) => `試行 ${counted(number, "回")}`,
  again: "再送",
  againOf: (id) => `再送: ${id}`,
  at: (at, now) =>
    isSameDay(at, now) ? `${clockSecondsText(at)}（UTC）` : `${shortDateText(at)} ${clockText(at)}（UTC）`,
  next: (at, now) => `次の試行: ${resetText(at, now)}。`,
  states: { waiting: "待機中", sending: "送信中", delivered: "配信済み", given_up: "断念" },
  test: "テストイベントを送る",
  emptyTitle: "まだ通知はありません",
  empty: "イベントは結果とともに30日間ここに表示されます。",
  position: (first, last, total) => `全${countText(total)}件中 ${countText(first)}〜${countText(last)}件目`,
  busy: "このイベントは送信中です。少ししてからもう一度ご覧ください。",
  done: {
    saved: "保存しました。",
    stopped: "保存しました。今後アプリへの通知は行いません。",
    sent: "テストイベントを送信中です。結果を見るには、ページを再読み込みしてください。",
    replayed: "待機中のものより先に、このイベントを再送します。",
  },
};
