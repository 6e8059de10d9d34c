import type * as en from "../en/refusals.ts";
import type { Wording } from "../wording.ts";

export const refusals: Wording<typeof en.refusals> = {
  cause: "原因",
  fix: "対処方法",
  word: "開発者向け",
  pages: {
    "invalid-redirect-uri": {
      cause:
        "リクエストの redirect_uri は、アプリに登録されたものではないか、コードを送った先と異なります。アドレスは、スキーム、ホスト、ポート、パス、クエリまで1文字ずつ比較します。127.0.0.1 と [::1] の場合だけ、ポートは問いません。",
      fix: "まったく同じアドレスをアプリに登録し、/idp/authorize と /idp/token に同じものを送ってください。末尾のスラッシュ、大文字と小文字、https と http、127.0.0.1 と localhost の違いに注意してください。",
    },
    "invalid-code-challenge": {
      cause:
        "PKCE が必要ですが、リクエストの code_challenge がないか、SHA-256 ハッシュの base64url ではないか、code_challenge_method=S256 がありません。",
      fix: "43〜128文字の verifier を作り、その SHA-256 ハッシュの base64url（パディングなし）を code_challenge として code_challenge_method=S256 とともに送り、verifier を code_verifier として /idp/token に送ってください。",
    },
    "authorization-revoked": {
      cause:
        "トークンの根拠がなくなりました。利用者がアプリの許可を取り消したか、権限の一部を取り下げたか、トークンが取り消されたか、アプリが停止されたか、アカウントが閉じられました。",
      fix: "トークンを破棄し、利用者をもう一度 /idp/authorize に送ってください。そこで許可された内容は新しい認可であり、古いトークンが復活することはありません。",
    },
    "token-expired": {
      cause:
        "トークンは本物ですが、有効期間が終わりました。アクセストークンの有効期間は、expires_in のとおり1時間です。",
      fix: "できれば expires_in が過ぎる前に、/idp/token でリフレッシュトークンを使ってください。それも期限切れの場合は、利用者をもう一度 /idp/authorize に送ってください。",
    },
  },
};
