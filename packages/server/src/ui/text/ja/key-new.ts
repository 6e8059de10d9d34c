import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/key-new.ts";
import type { Wording } from "../wording.ts";
import { keys } from "./account.ts";
import { appForm } from "./app-form.ts";
import { money } from "./money.ts";

const { dateText, waitText } = phrasesIn("ja");

export const keyNew: Wording<typeof en.keyNew> = {
  title: keys.make,
  lede: "ご自身のプログラムのためのキーです。あなたとして動作しますが、できるのはここで選んだことだけです。",
  name: "名前",
  nameHelp: "「ノートパソコン」のように、見分けやすい名前を付けてください。",
  may: "許可する操作",
  mayLede: "プログラムに必要のないものは選ばないでください。",
  about: "あなたについて読み取れる情報",
  limits: "制限",
  cap: "上限",
  capHelp: "空欄の場合、残高がなくなると止まります。",
  noCap: "上限なし",
  until: money.until,
  untilHelp: "その日の00:00（UTC）に終了します。空欄の場合、取り消すまで有効です。",
  submit: "キーを作成する",
  leave: "作成しない",
  fresh: "キーの作成には、30分以内のサインインが必要です。",
  signInAgain: "もう一度サインイン",
  problem: appForm.problem,
  many: "作成できるキーの数の上限に達しています。先にどれかを取り消してください。",
  wait: (milliseconds) =>
    html`短い間に多くのキーが作成されました。<strong>${waitText(milliseconds)}</strong>待ってから、もう一度お試しください。`,
  errors: {
    name: "通常の文字で64文字以内、1行で入力してください。",
    scopes: "少なくとも1つ選んでください。",
    form: money.errors.form,
    zero: "0 より大きい金額を入力するか、空欄にしてください。",
    past: money.errors.past,
    date: money.errors.date,
  },
};

export const keyOnce: Wording<typeof en.keyOnce> = {
  title: (name) => `${name}を作成しました`,
  copyNow: "今すぐコピーしてください。当方は指紋（ハッシュ）だけを保管するため、二度と表示できません。",
  key: "キー",
  use: "使い方",
  models: "キーを環境変数 KEY に入れて実行すると、利用できるモデルの一覧が表示されます。",
  client: "OpenAI API 用のプログラムには、キーと次のアドレスを設定するだけです。",
  header: "キーを環境変数 KEY に入れ、呼び出しごとに次のヘッダーを付けてください。",
  keep: "キーはプログラムの環境変数かシークレットストアに保管し、ソースコードには決して書かないでください。漏れた場合は取り消してください。",
  limits: keyNew.limits,
  cap: "上限",
  upTo: (limitMicros, period) => money.cap(limitMicros, period),
  noCap: "残高まで",
  nothing: "支払いなし",
  ends: "終了",
  endsOn: dateText,
  never: "取り消すまで有効",
  done: "保管しました",
};
