import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/directory.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { countText } = phrasesIn("de");

export const directory: Wording<typeof en.directory> = {
  title: "App-Verzeichnis",
  lede: (platform) =>
    `Apps, bei denen Sie sich mit ${platform} anmelden. Jede fragt, bevor sie etwas erfährt oder ausgibt.`,
  search: "App suchen",
  submit: "Suchen",
  all: "Alle Apps",
  found: (total, search) => `${counted(total, "App", "Apps")} mit „${search}“`,
  total: (total) => counted(total, "App", "Apps"),
  madeBy: (owner) => `Von ${owner}`,
  noHomepage: "Keine Website",
  noDescription: "Noch ohne Beschreibung.",
  crowd: {
    none: "Neu hier",
    few: "Unter 10 Personen",
    tens: "10 Personen oder mehr",
    hundreds: "100 Personen oder mehr",
    thousands: "1.000 Personen oder mehr",
  },
  emptyTitle: "Noch ist keine App eingetragen",
  empty: "Apps erscheinen hier, wenn ihre Hersteller sie eintragen.",
  nothingTitle: "Keine App passt",
  nothing: (link) => html`Versuchen Sie ein anderes Wort, oder sehen Sie ${link} an.`,
  position: (first, last, total) => `Apps ${countText(first)} bis ${countText(last)} von ${countText(total)}`,
  newer: "Neuere",
  older: "Ältere",
};
