/** The newest first: each browser claims to be the ones below it too. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const longestAgent = 256;

/** What a device calls itself, in two names that are the same in every language: `Firefox, Linux`. Empty when it says nothing. */
export function deviceName(userAgent: string | null): string {
  const agent = userAgent?.slice(0, longestAgent) ?? "";
  const named = [browsers, systems].flatMap((list) => list.find(([sign]) => sign.test(agent))?.[1] ?? []);
  if (named.length > 0) return named.join(", ");
  // A program: its own first word.
  return /^[A-Za-z][\w.-]{0,31}/.exec(agent)?.[0] ?? "";
}
