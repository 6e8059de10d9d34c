import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/directory.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { countText } = phrasesIn("ja");

export const directory: Wording<typeof en.directory> = {
  title: "アプリ一覧",
  lede: (platform) => `${platform}でサインインできるアプリです。情報を知る前も、料金を使う前も、必ず確認を求めます。`,
  search: "アプリを探す",
  submit: "検索",
  all: "すべてのアプリ",
  found: (total, search) => `「${search}」を含むアプリ ${counted(total, "件")}`,
  total: (total) => counted(total, "件"),
  madeBy: (owner) => `提供者: ${owner}`,
  noHomepage: "ウェブサイトなし",
  noDescription: "説明はまだありません。",
  crowd: {
    none: "新着",
    few: "10人未満",
    tens: "10人以上",
    hundreds: "100人以上",
    thousands: "1,000人以上",
  },
  emptyTitle: "表示中のアプリはまだありません",
  empty: "提供者が表示設定にしたアプリがここに並びます。",
  nothingTitle: "該当するアプリはありません",
  nothing: (link) => html`別の言葉で探すか、${link}をご覧ください。`,
  position: (first, last, total) => `全${countText(total)}件中 ${countText(first)}〜${countText(last)}件目`,
  newer: "新しい順",
  older: "以前",
};
