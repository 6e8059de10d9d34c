import type * as en from "../en/frame.ts";
import type { Wording } from "../wording.ts";

export const frame: Wording<typeof en.frame> = {
  skip: "Zum Inhalt springen",
  privacy: "Datenschutz",
  terms: "Bedingungen",
  help: "Hilfe",
  signature: "Schlüssel und Rechnungen von Innkeeper",
  errorTitle: (title) => `Fehler: ${title}`,
  notYou: "Nicht Sie?",
  signOut: "Abmelden",
  account: "Konto",
  connected: "Verbundene Apps",
  usage: "Verbrauch",
  keys: "Schlüssel",
  security: "Sicherheit",
  sessions: "Sitzungen",
  profile: "Profil",
  developer: "Für Entwickler",
  apps: "Ihre Apps",
  directory: "App-Verzeichnis",
  cancel: "Abbrechen",
};

export const languageChoice: Wording<typeof en.languageChoice> = { label: "Sprache" };

export const trust: Wording<typeof en.trust> = {
  unverified: "Nicht bestätigt",
  verified: "Bestätigt",
  verifiedHost: "Bestätigt:",
};
