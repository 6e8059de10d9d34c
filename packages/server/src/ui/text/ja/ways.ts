import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/ways.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText } = phrasesIn("ja");

export const ways: Wording<typeof en.ways> = {
  title: "サインイン方法",
  manage: "管理",
  manageOf: (way) => `管理: ${way}`,
  password: "パスワード",
  passkeys: "パスキー",
  secondFactor: "2つ目の要素",
  providers: "ほかのサービスのアカウント",
  set: "設定済み",
  notSet: "未設定",
  none: "まだありません",
  passkeyCount: (passkeys) => `パスキー ${counted(passkeys, "件")}`,
  since: (at) => `${dateText(at)}からオン`,
  off: "オフ",
};
