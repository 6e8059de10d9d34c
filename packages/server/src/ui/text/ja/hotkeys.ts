import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/hotkeys.ts";
import type { Wording } from "../wording.ts";
import { connected } from "./account.ts";

const { dateText } = phrasesIn("ja");

export const hotkeys: Wording<typeof en.hotkeys> = {
  signInTitle: "ホットキーでサインイン",
  signInLede: "下のテキストをキーで署名し、署名を貼り付けてください。キー自体が外に出ることはありません。",
  textToSign: "署名するテキスト",
  textHelp: "すべてコピーしてください。5分間、1回だけ有効です。",
  hotkey: "ホットキー",
  hotkeyHelp: "キーのアドレス: SS58 または16進数64桁。",
  signature: "署名",
  signatureHelp: "ウォレットやプログラムが出力する16進数128桁。",
  signIn: "サインイン",
  usePassword: "代わりにパスワードを使う",
  useHotkey: "代わりにホットキーを使う",
  wallet: "{wallet}で署名",
  walletAccount: "{account}を使う",
  walletEmpty: "ここで署名できるアカウントがウォレットにありません。",
  walletRefused: "ウォレットが署名しませんでした。もう一度試すか、署名を貼り付けてください。",
  wrongField: "上のテキストとホットキーに一致しません。",
  problems: {
    wrong: "この署名は、このホットキーによるこのテキストの署名ではありません。全体をそのまま署名し直してください。",
    unknown:
      "このホットキーを持つアカウントはありません。パスワードでサインインし、「セキュリティ」で連携してください。",
    expired:
      "このテキストは期限切れか、使用済みか、別のブラウザーで表示されたものです。新しいテキストに署名してください。",
  },
  cli: {
    title: (address) => `${address} でサインインしますか？`,
    heading: (address) => html`${address} でサインインしますか？`,
    lede: (username) => html`このホットキーはアカウント ${username} のものです。`,
    caution: "ご自身のプログラムから、今ご自身で始めた場合にだけ進んでください。",
    replaces: (person) => html`このブラウザーでの ${person} のサインインは終了します。`,
    leave: "やめる",
    submit: "サインイン",
  },
};

export const security: Wording<typeof en.security> = {
  title: "セキュリティ",
  hotkeys: "ホットキー",
  lede: "連携したホットキーがあると、ここでもご自身のプログラムでも、パスワードなしでサインインできます。当方はアドレスだけを保管します。",
  linkedOn: (at) => `${dateText(at)}に連携`,
  lastUsed: connected.lastUsed,
  notUsed: connected.notUsed,
  link: "ホットキーを連携",
  linkLede: "連携するキーで下のテキストに署名してください。そのキーを持つ人は、あなたとしてサインインできます。",
  name: "名前",
  nameHelp: "見分けるための名前。例: ノートパソコン。",
  linkNow: "このホットキーを連携",
  leave: "やめる",
  unlink: "連携を解除",
  unlinkOf: (name) => `連携を解除: ${name}`,
  unlinkTitle: (name) => `${name}の連携を解除しますか？`,
  unlinkLede: "サインインに使えなくなります。ホットキーで始めたほかのセッションはすぐに終了します。",
  unlinkNow: "今すぐ解除",
  keep: "そのままにする",
  fresh: "連携と解除には、30分以内のサインインが必要です。",
  signInAgain: "もう一度サインイン",
  emptyTitle: "ホットキーはありません",
  empty: "ウォレットやプログラムのキーを連携すると、その署名でサインインできます。",
  linkedNotice: (name) => `${name}を連携しました。今後はその署名でサインインできます。`,
  unlinkedNotice: "ホットキーの連携を解除しました。",
  lastNotice: "これが最後のサインイン方法です。先にパスワードを設定するか、別のホットキーを連携してください。",
  problems: {
    wrong: hotkeys.problems.wrong,
    expired: "このテキストは期限切れか、使用済みです。新しいテキストに署名してください。",
    linked: "このホットキーはすでにあなたのアカウントに連携されています。",
    taken: "このホットキーは別のアカウントのものです。先にそちらで解除してください。",
    too_many: "アカウントが持てるホットキーの数に達しています。先に1つ解除してください。",
    name: "64文字以内、1行で入力してください。",
  },
};
