import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/ways.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText } = phrasesIn("ja");

export const ways: Wording<typeof en.ways> = {
  title: "サインインの方法",
  manage: "管理",
  manageOf: (way) => `${way}を管理`,
  password: "パスワード",
  passkeys: "パスキー",
  secondFactor: "2つ目の要素",
  providers: "外部アカウント",
  set: "設定済み",
  notSet: "未設定",
  none: "まだありません",
  passkeyCount: (passkeys) => counted(passkeys, "件"),
  since: (at) => `${dateText(at)}から有効`,
  off: "オフ",
};
