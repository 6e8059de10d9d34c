import type * as en from "../en/mails.ts";
import type { Wording } from "../wording.ts";

const notAsked = (platform: string) =>
  `Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne den Code kommt niemand weiter. Niemand von ${platform} wird Sie je danach fragen.`;

export const mails: Wording<typeof en.mails> = {
  signInCode: (platform) => ({
    subject: `Ihr Code zum Anmelden bei ${platform}`,
    lines: [
      "Geben Sie diesen Code auf der Seite ein, die danach gefragt hat. Er gilt einmal, zehn Minuten lang, nur in jenem Browser.",
    ],
    ending: notAsked(platform),
  }),
  emailCode: (platform, username) => ({
    subject: `Bestätigen Sie Ihre Adresse für ${platform}`,
    lines: [
      `Geben Sie diesen Code in Ihrem Konto ${username} ein, um zu bestätigen, dass diese Adresse Ihnen gehört. Er gilt einmal, zehn Minuten lang.`,
    ],
    label: "Zu Ihrem Konto",
    ending: notAsked(platform),
  }),
  emailTaken: (platform) => ({
    subject: `Ihre Adresse wurde bei ${platform} angegeben`,
    lines: [
      `Jemand möchte diese Adresse für ein anderes Konto bei ${platform} verwenden. Sie bleibt bei Ihrem, wo sie bestätigt ist.`,
      "Wenn Sie es waren, melden Sie sich mit dem Konto an, zu dem sie gehört, oder entfernen Sie sie zuerst dort.",
    ],
    ending: "Wenn Sie es nicht waren, müssen Sie nichts tun.",
  }),
  passwordResetCode: (platform) => ({
    subject: `Ein neues Passwort für ${platform}`,
    lines: [
      "Geben Sie diesen Code auf der Seite ein, die danach gefragt hat, und wählen Sie dort ein neues Passwort. Er gilt einmal, zehn Minuten lang, nur in jenem Browser.",
    ],
    ending: notAsked(platform),
  }),
  emailReplaced: (platform, username) => ({
    subject: `Ihre Adresse bei ${platform} wurde geändert`,
    lines: [`Das Konto ${username} hat jetzt eine andere E-Mail-Adresse. An diese wird nichts mehr gesendet.`],
    ending: `Wenn Sie es nicht waren, melden Sie sich mit Ihrem Passwort an, beenden Sie alle anderen Sitzungen, und ändern Sie die Adresse zurück. Wenn Sie nicht mehr hineinkommen, schreiben Sie dem Betreiber von ${platform}.`,
  }),
};
