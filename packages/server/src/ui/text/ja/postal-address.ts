import type * as en from "../en/postal-address.ts";
import type { Wording } from "../wording.ts";

export const postalAddress: Wording<typeof en.postalAddress> = {
  title: "住所",
  where: "郵便の届く住所",
  lede: "閲覧を許可したアプリだけが見ることができます。空欄があっても構いません。アプリには次の呼び出しから新しい住所が見えます。",
  parts: {
    street_address: "町名・番地・建物名",
    postal_code: "郵便番号",
    locality: "市区町村",
    region: "都道府県",
    country: "国",
  },
  errors: {
    line: "200文字以内、1行で入力してください。",
    lines: "400文字以内の通常の文字で入力してください。",
  },
  save: "保存",
  leave: "やめる",
  saved: "住所を保存しました。",
  removed: "住所は保存されていません。",
  removeTitle: "住所の削除",
  removeLede: "アプリには次の呼び出しから住所が見えなくなります。アプリが自分で控えたものは、アプリに残ります。",
  remove: "住所を削除",
  change: "変更する",
  add: "住所を追加",
};
