import type * as en from "../en/scopes.ts";
import type { Wording } from "../wording.ts";

const notGiven = "登録されていません。";

export const scopes: Wording<typeof en.scopes> = {
  openid: {
    sentence: () => "再訪時にあなたを識別する",
    detail: () => "アカウント番号だけです。パスワードは渡りません。",
  },
  profile: { sentence: () => "名前、ユーザー名、画像を見る", detail: ({ displayName }) => displayName },
  email: { sentence: () => "メールアドレスを見る", detail: ({ email }) => email ?? notGiven },
  phone: { sentence: () => "電話番号を見る", detail: ({ phone }) => phone ?? notGiven },
  address: { sentence: () => "住所を見る", detail: ({ address }) => address ?? notGiven },
  offline_access: { sentence: () => "不在の間もサインインを保つ", detail: () => "取り消すまで有効です。" },
  "gateway:access": {
    sentence: (platform) => `${platform}のモデルを利用する（料金はあなたの請求に含まれます）`,
    detail: () => "ここで設定する上限までです。",
  },
  "account:read": {
    sentence: () => "プランとワークスペースを見る",
    detail: () => "メンバーや金額は見られません。",
  },
  "billing:read": { sentence: () => "残高と明細を見る", detail: () => "お金を動かすことはできません。" },
  "apps:write": { sentence: () => "アプリを登録、変更する", detail: () => "シークレットとアドレスも含まれます。" },
  "authorizations:write": {
    sentence: () => "アプリへの許可を取り消す",
    detail: () => "取り消したアプリは、改めて確認を求める必要があります。",
  },
  "account:write": {
    sentence: () => "名前を変更する",
    detail: () => "名前を知っているアプリには、新しい名前が見えます。",
  },
  "keys:write": { sentence: () => "キーを作成、取り消しする", detail: () => "キーは残高から支払うことができます。" },
  "sessions:write": {
    sentence: () => "サインインを確認、終了する",
    detail: () => "サインイン中のすべてのブラウザーが対象です。",
  },
};

export const modelScope: Wording<typeof en.modelScope> = {
  sentence: (model, platform) => `${platform}のモデル「${model}」を利用する（料金はあなたの請求に含まれます）`,
  detail: () => "ほかのモデルは使えず、ここで設定する上限までです。",
};
