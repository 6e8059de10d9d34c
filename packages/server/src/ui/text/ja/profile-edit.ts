import type * as en from "../en/profile-edit.ts";
import type { Wording } from "../wording.ts";

export const profileEdit: Wording<typeof en.profileEdit> = {
  title: "プロフィールの変更",
  open: "プロフィールを変更",
  words: "名前と言語",
  lede: "名前の閲覧を許可したアプリには、次の呼び出しから新しい名前が見えます。",
  name: "名前",
  nameHelp: "1〜64文字、1行。",
  nickname: "ニックネーム",
  nicknameHelp: "普段の呼び名が違う場合に入力してください。空欄でも構いません。",
  language: "言語",
  browserLanguage: "ブラウザーの設定に従う",
  languageHelp: "この画面と、お送りするメールの言語です。",
  save: "保存",
  leave: "やめる",
  saved: "プロフィールを変更しました。",
  nameError: "1〜64文字、1行で入力してください。",
  picture: "画像",
  pictureLede: "名前の閲覧を許可したアプリは、画像を表示できます。当方で正方形に描き直して配信します。",
  pictureAlt: "あなたの画像",
  noPicture: "画像はありません。",
  file: "画像ファイル",
  fileHelp: "PNG、JPEG、WebP、1 MB まで。中央部分を使います。",
  fileError: "描画できる PNG、JPEG、WebP ではないか、大きすぎます。",
  upload: "この画像を使う",
  remove: "画像を削除",
};
