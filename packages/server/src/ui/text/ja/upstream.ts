import { html } from "../../markup.ts";
import type * as en from "../en/upstream.ts";
import type { Wording } from "../wording.ts";

export const upstream: Wording<typeof en.upstream> = {
  buttons: "ほかのサービスのアカウントでサインイン",
  continueWith: (provider) => `${provider}で続ける`,
  accepts: (terms) => html`この方法でアカウントを作成すると、${terms}に同意したことになります。`,
  refusedTitle: "サインインできませんでした",
  notLinkedTitle: "連携できませんでした",
  refusals: {
    stale: () =>
      "このサインインは期限切れか、使用済みか、別のブラウザーで始められたものです。ここからやり直してください。",
    refused: (provider) => `${provider}がご本人であることを確認しなかったか、そこで拒否されました。`,
    invalid: (provider) => `${provider}からの応答は、当方の質問に対するものではないため無効です。`,
    unreachable: (provider) => `${provider}が応答していません。数分後にもう一度お試しください。`,
    domain: (provider) =>
      `ここに入れる組織の確認済みアドレスをお持ちであることを、${provider}から確認できませんでした。`,
    no_account: (provider) =>
      `${provider}のアカウントに連携されたアカウントはありません。別の方法でサインインし、「セキュリティ」で連携してください。`,
    account_exists: () =>
      "このアドレスのアカウントがすでにあります。別の方法でサインインし、「セキュリティ」で2つを連携してください。",
    closed: () => "対応するアカウントは閉じられています。このプラットフォームの運営者にお尋ねください。",
    session: () =>
      "サインインから時間がたっているか、別の人としてサインインしています。もう一度サインインしてから、連携し直してください。",
    taken: (provider) => `この${provider}のアカウントは、ここの別のアカウントに連携されており、そのままです。`,
    too_many: () => "連携できるアカウントの数に達しています。先に1つ削除してください。",
    wait: () => "短時間に試行が多すぎました。数分待ってから、もう一度お試しください。",
  },
  again: "サインインに戻る",
  backToLinked: "連携アカウントに戻る",
  linkedTitle: "連携アカウント",
  linkedLede: "ここへのサインインに使えるほかのサービスのアカウントです。別のサインイン方法が残る限り、削除できます。",
  emptyTitle: "まだありません",
  empty: "ほかのサービスのアカウントを連携すると、それでもここにサインインできます。",
  link: (provider) => `${provider}のアカウントを連携`,
  linkLede: "すでにサインインしている場合も、サインインのためそちらへ移動します。",
  gone: "このプラットフォームは、この提供元に対応しなくなりました。",
  remove: "削除",
  removeOf: (label) => `削除: ${label}`,
  removeTitle: (label) => `${label}を削除しますか？`,
  removeLede:
    "サインインに使えなくなり、それで始めたセッションはすべて終了します。連携先のアカウントには影響しません。",
  removeNow: "今すぐ削除",
  keep: "そのままにする",
  linkedNotice: (provider) => `今後は${provider}のアカウントでもここにサインインできます。`,
  removedNotice: "連携アカウントを削除しました。",
  lastNotice: "これが最後のサインイン方法です。先にパスワードを設定するか、パスキーを追加してください。",
  fresh: "ここでの変更には、30分以内のサインインが必要です。",
  signInAgain: "もう一度サインイン",
  security: "セキュリティに戻る",
};
