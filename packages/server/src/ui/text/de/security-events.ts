import type * as en from "../en/security-events.ts";
import type { Wording } from "../wording.ts";

export const securityEvents: Wording<typeof en.securityEvents> = {
  kinds: {
    new_device: {
      listed: ({ device }) => `Auf einem neuen Gerät angemeldet: ${device}`,
      subject: (platform) => `Ein neues Gerät hat sich bei ${platform} angemeldet`,
    },
    failed_attempts: {
      listed: () => "Viele fehlgeschlagene Anmeldeversuche",
      subject: (platform) => `Jemand versucht, sich bei Ihrem Konto bei ${platform} anzumelden`,
    },
    password_changed: {
      listed: () => "Passwort geändert",
      subject: (platform) => `Ihr Passwort bei ${platform} wurde geändert`,
    },
    email_changed: {
      listed: () => "E-Mail-Adresse geändert",
      subject: (platform) => `Ihre Adresse bei ${platform} wurde geändert`,
    },
    phone_changed: {
      listed: () => "Telefonnummer bestätigt",
      subject: (platform) => `Ihre Telefonnummer bei ${platform} wurde geändert`,
    },
    phone_removed: {
      listed: () => "Telefonnummer entfernt",
      subject: (platform) => `Ihre Telefonnummer bei ${platform} wurde entfernt`,
    },
    passkey_added: {
      listed: ({ name }) => `Passkey hinzugefügt: ${name}`,
      subject: (platform) => `Ihrem Konto bei ${platform} wurde ein Passkey hinzugefügt`,
    },
    passkey_removed: {
      listed: ({ name }) => `Passkey entfernt: ${name}`,
      subject: (platform) => `Ein Passkey Ihres Kontos bei ${platform} wurde entfernt`,
    },
    totp_added: {
      listed: () => "Authenticator-App hinzugefügt",
      subject: (platform) => `Ihr Konto bei ${platform} fragt jetzt nach einem zweiten Faktor`,
    },
    totp_removed: {
      listed: () => "Authenticator-App entfernt",
      subject: (platform) => `Ihr Konto bei ${platform} fragt nicht mehr nach einem zweiten Faktor`,
    },
    second_factor_failed: {
      listed: () => "Viele falsche Codes im zweiten Schritt der Anmeldung",
      subject: (platform) => `Jemand hat den ersten Schritt der Anmeldung bei Ihrem Konto bei ${platform} geschafft`,
    },
    second_factor_reset: {
      listed: () => "Zweiter Faktor vom Betreiber entfernt",
      subject: (platform) => `Der zweite Faktor Ihres Kontos bei ${platform} wurde vom Betreiber entfernt`,
    },
    recovery_used: {
      listed: () => "Mit einem Wiederherstellungscode angemeldet",
      subject: (platform) => `Ein Wiederherstellungscode Ihres Kontos bei ${platform} wurde verwendet`,
    },
    recovery_renewed: {
      listed: () => "Neue Wiederherstellungscodes erstellt",
      subject: (platform) => `Ihr Konto bei ${platform} hat neue Wiederherstellungscodes`,
    },
    hotkey_linked: {
      listed: ({ name }) => `Hotkey verknüpft: ${name}`,
      subject: (platform) => `Ein Hotkey wurde mit Ihrem Konto bei ${platform} verknüpft`,
    },
    hotkey_unlinked: {
      listed: ({ name }) => `Hotkey getrennt: ${name}`,
      subject: (platform) => `Ein Hotkey wurde von Ihrem Konto bei ${platform} getrennt`,
    },
    identity_linked: {
      listed: ({ provider }) => `Anmeldung mit ${provider} verknüpft`,
      subject: (platform) => `Mit Ihrem Konto bei ${platform} wurde eine weitere Anmeldung verknüpft`,
    },
    identity_unlinked: {
      listed: ({ provider }) => `Anmeldung mit ${provider} getrennt`,
      subject: (platform) => `Eine Anmeldung wurde von Ihrem Konto bei ${platform} getrennt`,
    },
    key_created: {
      listed: ({ name }) => `Schlüssel erstellt: ${name}`,
      subject: (platform) => `Ein neuer Schlüssel zahlt aus Ihrem Konto bei ${platform}`,
    },
    cap_raised: {
      listed: ({ app }) => `Limit erhöht: ${app} darf mehr ausgeben`,
      subject: (platform) => `Eine App darf bei ${platform} mehr von Ihrem Geld ausgeben`,
    },
    deletion_requested: {
      listed: () => "Löschung des Kontos beantragt",
      subject: (platform) => `Ihr Konto bei ${platform} wird gelöscht`,
    },
    deletion_taken_back: {
      listed: () => "Löschung des Kontos zurückgenommen",
      subject: (platform) => `Ihr Konto bei ${platform} bleibt`,
    },
  },
  unknown: "Etwas anderes ist geschehen",
  mailLine: (username, event, time) => `Konto ${username}, ${time}: ${event}.`,
  mailLink: "Ansehen, was geschehen ist",
  mailEnding:
    "Wenn Sie das waren oder darum gebeten haben, müssen Sie nichts tun. Wenn nicht, melden Sie sich an, beenden Sie alle anderen Sitzungen, wählen Sie ein neues Passwort, und sehen Sie Ihre Anmeldewege durch.",
  mailKept: "Bis dahin können Sie es zurücknehmen, indem Sie sich anmelden.",
};
