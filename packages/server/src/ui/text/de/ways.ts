import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/ways.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { dateText } = phrasesIn("de");

export const ways: Wording<typeof en.ways> = {
  title: "Anmeldewege",
  manage: "Verwalten",
  manageOf: (way) => `Verwalten: ${way}`,
  password: "Passwort",
  passkeys: "Passkeys",
  secondFactor: "Zweiter Faktor",
  providers: "Konten anderswo",
  set: "Festgelegt",
  notSet: "Nicht festgelegt",
  none: "Noch keine",
  passkeyCount: (passkeys) => counted(passkeys, "Passkey", "Passkeys"),
  since: (at) => `Aktiv seit ${dateText(at)}`,
  off: "Aus",
};
