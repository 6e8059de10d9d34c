import type * as en from "../en/security-events.ts";
import type { Wording } from "../wording.ts";

export const securityEvents: Wording<typeof en.securityEvents> = {
  kinds: {
    new_device: {
      listed: ({ device }) => `新しいデバイスでサインイン: ${device}`,
      subject: (platform) => `新しいデバイスが${platform}にサインインしました`,
    },
    failed_attempts: {
      listed: () => "サインインの失敗が多数ありました",
      subject: (platform) => `誰かが${platform}のあなたのアカウントにサインインしようとしています`,
    },
    password_changed: {
      listed: () => "パスワードを変更",
      subject: (platform) => `${platform}のパスワードが変更されました`,
    },
    email_changed: {
      listed: () => "メールアドレスを変更",
      subject: (platform) => `${platform}のメールアドレスが変更されました`,
    },
    phone_changed: {
      listed: () => "電話番号を確認",
      subject: (platform) => `${platform}の電話番号が変更されました`,
    },
    phone_removed: {
      listed: () => "電話番号を削除",
      subject: (platform) => `${platform}の電話番号が削除されました`,
    },
    passkey_added: {
      listed: ({ name }) => `パスキーを追加: ${name}`,
      subject: (platform) => `${platform}のアカウントにパスキーが追加されました`,
    },
    passkey_removed: {
      listed: ({ name }) => `パスキーを削除: ${name}`,
      subject: (platform) => `${platform}のアカウントからパスキーが削除されました`,
    },
    totp_added: {
      listed: () => "認証アプリを追加",
      subject: (platform) => `${platform}のアカウントで2つ目の要素が必要になりました`,
    },
    totp_removed: {
      listed: () => "認証アプリを削除",
      subject: (platform) => `${platform}のアカウントで2つ目の要素が不要になりました`,
    },
    second_factor_failed: {
      listed: () => "サインインの2段階目で誤ったコードが多数入力されました",
      subject: (platform) => `誰かが${platform}のあなたのアカウントで、サインインの1段階目を通過しました`,
    },
    second_factor_reset: {
      listed: () => "運営者が2つ目の要素を削除",
      subject: (platform) => `${platform}のアカウントの2つ目の要素が運営者により削除されました`,
    },
    recovery_used: {
      listed: () => "回復コードでサインイン",
      subject: (platform) => `${platform}のアカウントの回復コードが使われました`,
    },
    recovery_renewed: {
      listed: () => "新しい回復コードを作成",
      subject: (platform) => `${platform}のアカウントに新しい回復コードが作成されました`,
    },
    hotkey_linked: {
      listed: ({ name }) => `ホットキーを連携: ${name}`,
      subject: (platform) => `${platform}のアカウントにホットキーが連携されました`,
    },
    hotkey_unlinked: {
      listed: ({ name }) => `ホットキーの連携を解除: ${name}`,
      subject: (platform) => `${platform}のアカウントのホットキーが解除されました`,
    },
    identity_linked: {
      listed: ({ provider }) => `${provider}でのサインインを連携`,
      subject: (platform) => `${platform}のアカウントに別のサインイン方法が連携されました`,
    },
    identity_unlinked: {
      listed: ({ provider }) => `${provider}でのサインインを解除`,
      subject: (platform) => `${platform}のアカウントのサインイン方法が解除されました`,
    },
    key_created: {
      listed: ({ name }) => `キーを作成: ${name}`,
      subject: (platform) => `${platform}のアカウントから支払う新しいキーが作成されました`,
    },
    cap_raised: {
      listed: ({ app }) => `上限を引き上げ: ${app}がより多く使えます`,
      subject: (platform) => `${platform}でアプリの利用上限が引き上げられました`,
    },
    deletion_requested: {
      listed: () => "アカウントの削除を依頼",
      subject: (platform) => `${platform}のアカウントは削除されます`,
    },
    deletion_taken_back: {
      listed: () => "アカウントの削除を取りやめ",
      subject: (platform) => `${platform}のアカウントは残ります`,
    },
  },
  unknown: "その他の出来事",
  mailLine: (username, event, time) => `アカウント ${username}、${time}: ${event}。`,
  mailLink: "出来事を確認する",
  mailEnding:
    "ご自身の操作、またはご自身が依頼したことであれば、何もしなくて構いません。そうでない場合は、サインインしてほかのセッションをすべて終了し、新しいパスワードを設定して、サインイン方法を見直してください。",
  mailKept: "それまでは、サインインすれば取りやめることができます。",
};
