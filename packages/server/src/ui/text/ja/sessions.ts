import { phrasesIn } from "../../phrases.ts";
import { clockText } from "../../time-text.ts";
import type * as en from "../en/sessions.ts";
import type { Wording } from "../wording.ts";

const { dateText, lastUseText, shortFullDateText } = phrasesIn("ja");

export const sessions: Wording<typeof en.sessions> = {
  title: "セッション",
  devices: "サインイン中の場所",
  lede: "1行が1つのブラウザーです。ここで終了すると、次のページから拒否されます。",
  unknownDevice: "不明なブラウザー",
  current: "このブラウザー",
  place: (place) => `${place}付近`,
  signedIn: (at) => `${dateText(at)}にサインイン`,
  lastUsed: (at, now) => `、最終利用: ${lastUseText(at, now)}`,
  end: "サインアウト",
  endOf: (device) => `サインアウト: ${device}`,
  endOthers: "ほかのすべての場所でサインアウト",
  endedNotice: "そのブラウザーをサインアウトしました。",
  othersEndedNotice: "ほかのすべての場所でサインアウトしました。",
  onlyThis: "ほかにサインインしている場所はありません。",
  events: "出来事",
  eventsLede:
    "心当たりのない行がある場合は、ほかのセッションをすべて終了し、新しいパスワードを設定して、サインイン方法を見直してください。",
  noEvents: "まだ何もありません。",
  eventTime: (at) => `${shortFullDateText(at)} ${clockText(at)}（UTC）`,
  older: "以前",
  newest: "最新",
};
