import type * as en from "../en/scopes.ts";
import type { Wording } from "../wording.ts";

const notGiven = "Sie haben keine angegeben.";

export const scopes: Wording<typeof en.scopes> = {
  openid: { sentence: () => "Sie wiedererkennen", detail: () => "Eine Kontonummer. Nie Ihr Passwort." },
  profile: {
    sentence: () => "Ihren Namen, Benutzernamen und Ihr Bild sehen",
    detail: ({ displayName }) => displayName,
  },
  email: { sentence: () => "Ihre E-Mail-Adresse sehen", detail: ({ email }) => email ?? notGiven },
  phone: { sentence: () => "Ihre Telefonnummer sehen", detail: ({ phone }) => phone ?? notGiven },
  address: { sentence: () => "Ihre Postanschrift sehen", detail: ({ address }) => address ?? notGiven },
  offline_access: {
    sentence: () => "Angemeldet bleiben, während Sie weg sind",
    detail: () => "Bis Sie es widerrufen.",
  },
  "gateway:access": {
    sentence: (platform) => `Die Modelle von ${platform} auf Ihre Rechnung nutzen`,
    detail: () => "Nur bis zu dem Limit, das Sie hier setzen.",
  },
  "account:read": {
    sentence: () => "Ihren Tarif und Ihre Arbeitsbereiche sehen",
    detail: () => "Nicht deren Mitglieder, nicht deren Geld.",
  },
  "billing:read": {
    sentence: () => "Ihr Guthaben und Ihre Belege sehen",
    detail: () => "Geld bewegen kann sie nicht.",
  },
  "apps:write": {
    sentence: () => "Ihre Apps registrieren und ändern",
    detail: () => "Auch deren Geheimnisse und Adressen.",
  },
  "authorizations:write": {
    sentence: () => "Widerrufen, was Sie Apps erlaubt haben",
    detail: () => "Was Sie widerrufen, muss Sie neu fragen.",
  },
  "account:write": {
    sentence: () => "Ihren Namen ändern",
    detail: () => "Apps, die Ihren Namen kennen, sehen den neuen.",
  },
  "keys:write": {
    sentence: () => "Ihre Schlüssel erstellen und widerrufen",
    detail: () => "Ein Schlüssel darf Ihr Guthaben ausgeben.",
  },
  "sessions:write": {
    sentence: () => "Ihre Anmeldungen sehen und beenden",
    detail: () => "In jedem Browser, in dem Sie angemeldet sind.",
  },
};

export const modelScope: Wording<typeof en.modelScope> = {
  sentence: (model, platform) => `Das Modell ${model} von ${platform} auf Ihre Rechnung nutzen`,
  detail: () => "Kein anderes Modell, und nur bis zu dem Limit, das Sie hier setzen.",
};
