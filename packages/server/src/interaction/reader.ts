import type { Cookies } from "../http/cookies.ts";
import type { User } from "../people/index.ts";
import { chooseLanguage, type Frame, textIn } from "../ui/index.ts";

/** Whoever reads a page: the request of their browser, or the visitor who sent it. */
export type Reader = Request | { browser: Request };

type Words = Pick<Frame, "text" | "here">;

/** In which language each reader is spoken to. What is learned on the way to a page is kept with the request; nothing is read for it. */
export interface Readers {
  wordsFor(reader: Reader | undefined): Words;
  askedIn(browser: Request, uiLocales: string | null): void;
  signedIn(browser: Request, user: Pick<User, "locale">): void;
}

interface Known {
  uiLocales?: string | null;
  locale?: string | null;
}

export function createReaders(cookies: Cookies): Readers {
  const known = new WeakMap<Request, Known>();
  const learn = (browser: Request, more: Known) => known.set(browser, { ...known.get(browser), ...more });
  return {
    wordsFor(reader) {
      if (!reader) return { text: textIn("en") };
      const browser = "browser" in reader ? reader.browser : reader;
      const accepted = browser.headers.get("accept-language");
      const language = chooseLanguage({ ...known.get(browser), chosen: cookies.read(browser, "language"), accepted });
      return { text: textIn(language), here: hereOf(browser) };
    },
    askedIn: (browser, uiLocales) => void learn(browser, { uiLocales }),
    signedIn: (browser, { locale }) => void learn(browser, { locale }),
  };
}

/** Where the page can be loaded again. The answer to a form cannot, and what it shows may be shown once only. */
function hereOf(browser: Request): string | undefined {
  if (browser.method !== "GET") return undefined;
  const { pathname, search, searchParams } = new URL(browser.url);
  // Words and paths of ours only: what a stranger wrote into an address, such as an address of his own, is not repeated.
  const plain = [...searchParams].filter(([, value]) => /^(?!.*(?:\/\/|\.\.))[\w.~/?=&-]*$/.test(value));
  if (plain.length === searchParams.size) return pathname + search;
  return plain.length === 0 ? pathname : `${pathname}?${new URLSearchParams(plain)}`;
}
