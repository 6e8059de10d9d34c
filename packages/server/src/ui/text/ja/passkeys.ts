import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/passkeys.ts";
import type { Wording } from "../wording.ts";
import { connected } from "./account.ts";

const { dateText } = phrasesIn("ja");

export const passkeys: Wording<typeof en.passkeys> = {
  title: "パスキー",
  yours: "登録済みのパスキー",
  lede: "パスキーがあると、パスワードなしで、指紋、顔、またはデバイスの PIN でサインインできます。このサイトでしか使えないため、偽のページに奪われることはありません。",
  signIn: "パスキーでサインイン",
  signInRefused: "デバイスからパスキーを受け取れませんでした。もう一度試すか、別の方法でサインインしてください。",
  refused: "このパスキーで開けるアカウントはありません。もう一度試すか、別の方法でサインインしてください。",
  createdOn: (at) => `${dateText(at)}に追加`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  synced: "同期済み",
  syncedMeans: "保管サービスが、ほかのデバイス用の複製を持っています。",
  add: "パスキーを追加",
  addLede:
    "デバイスが指紋、顔、または PIN を求め、パスキーを保管します。当方は検証に必要なものだけを保管し、生体情報は受け取りません。",
  addNow: "パスキーを作成",
  addAbsent:
    "このブラウザーではパスキーを作成できません。古いか、スクリプトが無効です。別のブラウザーかデバイスで追加してください。",
  addRefused: "デバイスがパスキーを作成しませんでした。準備ができたら、もう一度お試しください。",
  addKnown: "このデバイスには、すでにこのアカウントのパスキーがあります。",
  fresh: "追加と削除には、30分以内のサインインが必要です。",
  signInAgain: "もう一度サインイン",
  leave: "やめる",
  rename: "名前を変更",
  renameOf: (name) => `名前を変更: ${name}`,
  name: "名前",
  nameHelp: "見分けるための名前。例: ノートパソコン。",
  save: "名前を保存",
  remove: "削除",
  removeOf: (name) => `削除: ${name}`,
  removeTitle: (name) => `${name}を削除しますか？`,
  removeLede:
    "サインインに使えなくなり、この種類のパスキーで始めたほかのセッションはすぐに終了します。候補に出ないよう、デバイス側でも削除してください。",
  removeNow: "今すぐ削除",
  keep: "そのままにする",
  emptyTitle: "パスキーはありません",
  empty: "追加すると、指紋、顔、またはデバイスの PIN でサインインできるようになります。",
  addedNotice: (name) => `${name}を追加しました。今後はこれでサインインできます。`,
  renamedNotice: (name) => `名前を「${name}」に変更しました。`,
  removedNotice: "パスキーを削除しました。",
  back: "セキュリティ",
  newName: "パスキー",
  problems: {
    refused:
      "パスキーを追加できませんでした。期限切れか、送信済みか、別のページ用に作られたものです。もう一度お試しください。",
    known: "このパスキーはすでに登録されています。",
    too_many: "アカウントが持てるパスキーの数に達しています。先に1つ削除してください。",
    last: "これが最後のサインイン方法です。先にパスワードを設定するか、別のパスキーを追加してください。",
    name: "64文字以内、1行で入力してください。",
  },
};
