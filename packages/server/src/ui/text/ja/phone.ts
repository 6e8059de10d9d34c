import { html } from "../../markup.ts";
import type * as en from "../en/phone.ts";
import type { Wording } from "../wording.ts";
import { signIn } from "./doors.ts";

export const accountPhone: Wording<typeof en.accountPhone> = {
  title: "電話番号",
  lede: "アプリが電話番号を見られるのは、あなたが許可したときだけです。番号でサインインすることはできません。",
  none: "電話番号はまだ登録されていません。",
  verified: "確認済み",
  remove: "番号を削除",
  removed: "番号を削除しました。",
  addTitle: "番号を追加",
  changeTitle: "番号を変更",
  changeLede: "新しい番号が確認されるまで、現在の番号はそのまま残ります。",
  number: "電話番号",
  numberHelp: "国番号を付けて入力してください。例：+81 90 1234 5678",
  send: "コードを送る",
  fresh: "番号を追加、変更、削除するには、もう一度サインインしてください。",
  signInAgain: "もう一度サインイン",
  sentTo: (number) => html`${number} にコードを送信しました。10分間、このブラウザーでのみ有効です。`,
  revealed: (code) => html`このプラットフォームは開発中のため、メッセージは送信されません。コードは ${code} です。`,
  code: "メッセージに記載のコード",
  codeHelp: "数桁の数字です。届くまで1分ほどかかることがあります。",
  confirm: "確認",
  sendAgain: "コードを再送する",
  cancel: "やめる",
  confirmed: (number) => `${number} を確認しました。`,
  wait: signIn.wait,
  problems: {
    number: "メッセージを受信できる番号を、国番号を付けて入力してください。例：+81 90 1234 5678",
    wrong: "コードが違います。最新のメッセージを確認するか、コードを再送してください。",
    dead: "このコードはもう使えません。新しいコードを送信してください。",
    taken: "この番号は別のアカウントで確認されています。変更は行われませんでした。",
    limit: "本日はこれ以上コードを送信できません。明日もう一度お試しください。",
    busy: "コードの送信サービスが混み合っています。10分後にもう一度お試しください。",
    unavailable: "コードの送信サービスが応答しません。数分後にもう一度お試しください。",
  },
};
