/** The languages of the pages, each with an object of its sentences in `text/`. The first is what nobody asked against. */
export const languages = ["en", "de", "ja"] as const;

export type Language = (typeof languages)[number];

/** What each calls itself: whoever looks for it can read it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch", ja: "日本語" };

/** The BCP 47 tag by whose habits dates and amounts are written; English ones by day, month and year. */
export const habits: Readonly<Record<Language, { dates: string; numbers: string }>> = {
  en: { dates: "en-GB", numbers: "en-US" },
  de: { dates: "de", numbers: "de" },
  ja: { dates: "ja", numbers: "ja" },
};

/** What may tell the language of a page, the strongest first. */
export interface Wishes {
  /** `ui_locales` of an authorization request: tags with blanks between (OpenID Connect Core 3.1.2.1). */
  uiLocales?: string | null;
  /** Of the account. */
  locale?: string | null;
  /** Chosen in the foot of a page. */
  chosen?: string;
  /** The header `Accept-Language`. */
  accepted?: string | null;
}

export function chooseLanguage({ uiLocales, locale, chosen, accepted }: Wishes): Language {
  return (
    findLanguage(uiLocales?.split(" ")) ??
    findLanguage([locale ?? ""]) ??
    findLanguage([chosen ?? ""]) ??
    findLanguage(acceptedTags(accepted)) ??
    "en"
  );
}

/** The first of the tags that there is: `de-AT` is answered in `de` (RFC 4647 3.4). */
export function findLanguage(tags: readonly string[] = []): Language | undefined {
  for (const tag of tags) {
    const primary = tag.trim().split("-", 1)[0]?.toLowerCase();
    const known = languages.find((language) => language === primary);
    if (known) return known;
  }
  return undefined;
}

const longestHeader = 1000;

/** The tags of `Accept-Language`, most wanted first (RFC 9110 12.5.4). */
function acceptedTags(header: string | null | undefined): string[] {
  const ranges = (header ?? "").slice(0, longestHeader).split(",");
  return ranges
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
      const quality = parameters.find((part) => part.startsWith("q="))?.slice(2) ?? "1";
      return { tag, quality: /^[01](?:\.\d{0,3})?$/.test(quality) ? Number(quality) : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}
