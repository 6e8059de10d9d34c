import type * as en from "../en/frame.ts";
import type { Wording } from "../wording.ts";

export const frame: Wording<typeof en.frame> = {
  skip: "本文へ移動",
  privacy: "プライバシー",
  terms: "利用規約",
  help: "ヘルプ",
  signature: "キーと請求: Innkeeper",
  errorTitle: (title) => `エラー: ${title}`,
  notYou: "別の人ですか？",
  signOut: "サインアウト",
  account: "アカウント",
  connected: "連携中のアプリ",
  usage: "利用状況",
  keys: "キー",
  security: "セキュリティ",
  sessions: "セッション",
  profile: "プロフィール",
  developer: "開発者向け",
  apps: "作成したアプリ",
  directory: "アプリ一覧",
  cancel: "キャンセル",
};

export const languageChoice: Wording<typeof en.languageChoice> = { label: "言語" };

export const trust: Wording<typeof en.trust> = {
  unverified: "未確認",
  verified: "確認済み",
  verifiedHost: "確認済み:",
};
