import { html } from "../../markup.ts";
import type * as en from "../en/app-trust.ts";
import type { Wording } from "../wording.ts";

export const appTrust: Wording<typeof en.appTrust> = {
  domain: "確認済みドメイン",
  domainLede:
    "ドメインがご自身のものであることを証明すると、同意画面に警告の代わりに確認マークが表示されます。ウェブサイトとリダイレクト先アドレスは、そのドメイン内になければなりません。",
  domainField: "ドメイン",
  domainHelp: "例: fieldnotes.example。その下位も含まれます。",
  begin: "このドメインを証明する",
  another: "別のドメインを証明する",
  publish: (domain) =>
    html`次のどちらか1つを ${domain} で公開してください。秘密ではないので、そのまま置いておいてください。`,
  record: "テキストレコード（TXT）: 名前、値の順",
  file: "またはファイル: アドレス、内容の順",
  look: "今すぐ確認",
  giveUp: "やめる",
  kept: "毎週もう一度確認します。証明が長くなくなったとき、またはアプリが別のドメインに移ったとき、確認マークは消えます。",
  drop: "確認マークを手放す",
  notProven: "証明済みのドメインはありません。",
  logo: "ロゴ",
  logoLede: "正方形の画像。当方で描き直して配信するため、当方の画面が外部から何かを読み込むことはありません。",
  hasLogo: "同意画面とアプリ一覧に表示されます。",
  noLogo: "ロゴがない場合は最初の1文字が表示されます。",
  picture: "画像",
  pictureHelp: "PNG、JPEG、WebP、1 MiB まで。",
  upload: "この画像を使う",
  address: "またはアドレスから取得",
  addressHelp: "公開インターネット上の https アドレス。一度だけ取得します。",
  fetch: "取得",
  remove: "ロゴを削除",
  faults: {
    domain: "fieldnotes.example のようにドメイン名を入力してください。",
    elsewhere:
      "ウェブサイトとすべてのリダイレクト先アドレスは、ドメイン内になければなりません。アドレスかドメインを変更してください。",
    no_proof: "レコードもファイルもまだ見つかりません。新しいレコードが見えるまで1時間かかることがあります。",
    picture: "1 MiB までの PNG、JPEG、WebP の画像を選んでください。",
    address: "取得できませんでした。画像に直接つながる、公開インターネット上の https アドレスを入力してください。",
    address_picture: "そこにあるのは、1 MiB までの PNG、JPEG、WebP の画像ではありません。",
  },
  done: {
    verified: "ドメインを証明しました。利用者には確認マークが表示されます。",
    dropped: "ドメインを手放しました。",
    logo: "保存しました。見た目が変わったため、すでに許可した人には改めて確認します。",
    removed: "ロゴを削除しました。",
  },
};
