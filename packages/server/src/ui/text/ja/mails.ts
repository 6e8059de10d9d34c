import type * as en from "../en/mails.ts";
import type { Wording } from "../wording.ts";

const notAsked = (platform: string) =>
  `お心当たりがない場合は、何もしなくて構いません。コードがなければ、誰も先へ進めません。${platform}の担当者がコードをお尋ねすることは決してありません。`;

export const mails: Wording<typeof en.mails> = {
  signInCode: (platform) => ({
    subject: `${platform}にサインインするためのコード`,
    lines: ["コードを求めたページに、このコードを入力してください。そのブラウザーで10分間、1回だけ使えます。"],
    ending: notAsked(platform),
  }),
  emailCode: (platform, username) => ({
    subject: `${platform}で使うアドレスの確認`,
    lines: [
      `このアドレスがご自身のものであることを確認するため、アカウント ${username} でこのコードを入力してください。10分間、1回だけ使えます。`,
    ],
    label: "アカウントへ",
    ending: notAsked(platform),
  }),
  emailTaken: (platform) => ({
    subject: `${platform}であなたのアドレスが入力されました`,
    lines: [
      `誰かが${platform}の別のアカウントでこのアドレスを使おうとしています。アドレスは、確認済みのあなたのアカウントに残ります。`,
      "ご自身の操作であれば、このアドレスを持つアカウントでサインインするか、先にそちらから削除してください。",
    ],
    ending: "ご自身の操作でなければ、何もしなくて構いません。",
  }),
  passwordResetCode: (platform) => ({
    subject: `${platform}の新しいパスワード`,
    lines: [
      "コードを求めたページにこのコードを入力し、新しいパスワードを設定してください。そのブラウザーで10分間、1回だけ使えます。",
    ],
    ending: notAsked(platform),
  }),
  emailReplaced: (platform, username) => ({
    subject: `${platform}のアドレスが変更されました`,
    lines: [`アカウント ${username} のメールアドレスは別のものに変わりました。今後、このアドレスには何も送りません。`],
    ending: `ご自身の操作でない場合は、パスワードでサインインし、ほかのセッションをすべて終了して、アドレスを元に戻してください。サインインできない場合は、${platform}の運営者に連絡してください。`,
  }),
};
