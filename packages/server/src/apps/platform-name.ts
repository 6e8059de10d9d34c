import { looksOf } from "../kernel/look-alike.ts";
import { platformWords } from "../kernel/platform-words.ts";

/** What the platform calls its own pages and people, beside the names of {@link platformWords}; in the languages it speaks. */
const ownWords = [
  ...["account", "accounts", "app", "apps", "auth", "id", "identity", "login", "logon", "password", "pay", "payment"],
  ...["signin", "signon", "signup", "sso", "verification", "verified", "verify", "wallet"],
  ...["and", "at", "by", "for", "from", "my", "of", "on", "the", "to", "with", "your"],
  ...["anmelden", "anmeldung", "hilfe", "konto", "mit", "offiziell", "sicherheit", "zahlungen"],
  ...["アカウント", "アプリ", "サインイン", "サポート", "で", "の", "ログイン", "公式", "運営"],
];

let wordsAlone: RegExp | undefined;

/** Made for the first name that is judged: a start need not wait for it. */
function nothingElse(): RegExp {
  wordsAlone ??= new RegExp(
    `^(?:${[...platformWords, ...ownWords].map((word) => judgedLook(looksOf(word)[0])).join("|")})*$`,
    "u",
  );
  return wordsAlone;
}

/**
 * Whether people would take the app for the platform itself: a name that looks like the brand, alone or among nothing but
 * words of a platform (`Acme`, `acme-login`, `The Acme Support Team`). With a word of one's own it is an app's: `Acme Notes`.
 */
export function passesForPlatform(name: string, brandName: string): boolean {
  const brand = judgedLook(looksOf(brandName)[0]);
  if (brand === "") return false;
  return looksOf(name).some((look) => {
    const judged = judgedLook(look);
    return judged.includes(brand) && nothingElse().test(judged.replaceAll(brand, ""));
  });
}

/** Against so few words it does no harm that i is l as well, whatever letter case each was drawn from. */
function judgedLook(look: string): string {
  return look.replaceAll("i", "l");
}
