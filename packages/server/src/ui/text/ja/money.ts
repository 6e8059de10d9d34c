import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/money.ts";
import type { Wording } from "../wording.ts";

const { exactText, leftText, resetText, spentOfText, spentText } = phrasesIn("ja");

const each = { day: "1日あたり", week: "1週間あたり", month: "1か月あたり", total: "合計" };
const current = { day: "今日", week: "今週", month: "今月", total: "合計" };

export const money: Wording<typeof en.money> = {
  each,
  personal: "個人",
  cap: (limitMicros, period) => `${each[period]} ${exactText(limitMicros)}`,
  ofLimit: (limitMicros, period) => `/ ${exactText(limitMicros)}（${current[period]}）`,
  meter: (spentMicros, heldMicros, limitMicros) =>
    heldMicros > 0
      ? `上限 ${exactText(limitMicros)} のうち、利用済み ${spentOfText(spentMicros, limitMicros)}、確保中 ${spentOfText(heldMicros, limitMicros)}`
      : `上限 ${exactText(limitMicros)} のうち、利用済み ${spentOfText(spentMicros, limitMicros)}`,
  heldForCalls: (heldMicros) => `処理中の呼び出しのために ${spentText(heldMicros)} を確保しています。`,
  startsAgain: (at, now) => `次の期間の開始: ${resetText(at, now)}。`,
  startsAgainAtMidnight: "00:00（UTC）に次の期間が始まります。",
  neverStartsAgain: "期間の更新はありません。",
  left: (micros) => `残り ${leftText(micros)}`,
  fieldLabel: "上限（米ドル）",
  periodLabel: "上限の期間",
  most: "アプリが使える上限額",
  secondCap: "さらに1日あたりの上限",
  noSecondCap: "1日の上限なし",
  until: "終了日",
  errors: {
    form: "10 や 10.50 のように金額を入力してください。",
    zero: "0 より大きい金額を入力するか、支払いを許可しないでください。",
    dayAboveCap: "1日の上限が全体の上限を超えています。下げるか、空欄にしてください。",
    past: "明日以降の日付を選ぶか、空欄にしてください。",
    date: "2027-02-01 のように日付を入力するか、空欄にしてください。",
  },
  aboveCeiling: (ceilingMicros, period) =>
    `ここで許可できるのは、${each[period]} ${exactText(ceilingMicros)} までです。`,
  ceilings: (limits) =>
    `上限として設定できるのは、${limits.map(([period, micros]) => `${each[period]} ${exactText(micros)}`).join("、")} までです。`,
};
