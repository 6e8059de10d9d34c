import { html } from "../../markup.ts";
import type * as en from "../en/phone.ts";
import type { Wording } from "../wording.ts";
import { signIn } from "./doors.ts";

export const accountPhone: Wording<typeof en.accountPhone> = {
  title: "電話番号",
  lede: "電話番号は、許可した場合にだけアプリに表示されます。電話番号でサインインすることはできません。",
  none: "電話番号はまだありません。",
  verified: "確認済み",
  remove: "電話番号を削除",
  removed: "電話番号を削除しました。",
  addTitle: "電話番号を追加",
  changeTitle: "変更する",
  changeLede: "新しい番号を確認するまで、現在の番号が使われます。",
  number: "電話番号",
  numberHelp: "国番号を付けてください。例: +81 3 5253 5111。",
  send: "そこにコードを送る",
  fresh: "電話番号の追加、変更、削除には、先にもう一度サインインしてください。",
  signInAgain: "もう一度サインイン",
  sentTo: (number) => html`${number} にコードを送りました。このブラウザーで10分間有効です。`,
  revealed: (code) => html`このプラットフォームは開発中のため、メッセージは送信されません。コードは ${code} です。`,
  code: "メッセージで届いたコード",
  codeHelp: "数桁の数字です。届くまで1分ほどかかることがあります。",
  confirm: "確認",
  sendAgain: "コードを再送する",
  cancel: "やめる",
  confirmed: (number) => `${number} を確認しました。`,
  wait: signIn.wait,
  problems: {
    number: "メッセージを受け取れる番号を、国番号を付けて入力してください。例: +81 3 5253 5111。",
    wrong: "コードが違います。最新のメッセージを確認するか、新しいコードを請求してください。",
    dead: "このコードはもう使えません。新しいコードを請求してください。",
    taken: "別のアカウントがこの番号を確認しました。何も変更していません。",
    limit: "今日はこれ以上コードを送れません。明日もう一度お試しください。",
    crowded: "1時間に送信できるコードの上限に達しました。何も変更していません。1時間後にもう一度お試しください。",
    busy: "コードの送信サービスが待機を求めています。10分後にもう一度お試しください。",
    unavailable: "コードの送信サービスが応答していません。数分後にもう一度お試しください。",
  },
};
