const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** A host name without port that never leaves the machine. */
export function isLoopbackHost(host: string): boolean {
  return loopbackHost.test(host);
}

// The URL class repairs what it is given: blanks, backslashes and missing slashes are refused before it may.
const httpText = /^https?:\/\/[\x21-\x7e]+$/i;

/**
 * An absolute http or https URL in printable ASCII and without user information, or undefined: what stands before an `@`
 * is taken for the host by whoever reads it.
 */
export function parseHttpUrl(text: string): URL | undefined {
  if (!httpText.test(text) || text.includes("\\") || authorityOf(text).includes("@")) return undefined;
  return URL.parse(text) ?? undefined;
}

/** https anywhere or http on loopback; no fragment, user information or wildcard; 2,048 characters at most. */
export function isAllowedRedirectUri(uri: string): boolean {
  if (uri.length > 2048 || /[#*]/.test(uri)) return false;
  const url = parseHttpUrl(uri);
  if (!url) return false;
  return url.protocol === "https:" || isLoopbackHost(url.hostname);
}

/** Undefined user information leaves no trace in a URL object: `https://@host` is seen in the text only. */
function authorityOf(uri: string): string {
  const start = uri.indexOf("//") + 2;
  return uri.slice(start).split(/[/?#]/, 1)[0]!;
}

const loopbackIpUri = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?((?:[/?].*)?)$/;

/** Equal character by character; only the port of an http loopback IP literal may differ (RFC 8252 7.3). */
export function redirectMatches(registered: readonly string[], asked: string): boolean {
  if (registered.includes(asked)) return true;
  const parts = loopbackIpUri.exec(asked);
  if (!parts || !isPort(parts[2])) return false;
  return registered.some((uri) => {
    const other = loopbackIpUri.exec(uri);
    return other !== null && other[1] === parts[1] && other[3] === parts[3];
  });
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) > 0 && Number(text) < 65_536);
}

/** Host and port as a person should see them: ASCII, so that look-alike letters show as `xn--…`. */
export function hostOf(uri: string): string {
  return new URL(uri).host;
}
