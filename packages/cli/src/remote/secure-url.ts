import { CommandFault, UsageFault } from "../process/answer.ts";

/** Tokens travel over https, or stay on this machine. */
export function isSecure(url: URL): boolean {
  return (
    url.protocol === "https:" || (url.protocol === "http:" && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
}

/** The issuer as it is typed, without a slash at its end. */
export function readIssuer(text: string): string {
  const url = URL.parse(text);
  const plain = url && isSecure(url) && !url.search && !url.hash && !url.username && !url.password;
  if (plain) return (url.origin + url.pathname).replace(/\/+$/, "");
  throw new UsageFault(`"${text}" is no issuer: it must begin with https://, or with http:// for this computer alone.`);
}

/** An endpoint as the platform names it. */
export function readEndpoint(value: unknown, name: string): string {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url && isSecure(url)) return url.href;
  throw new CommandFault(`The platform names no ${name} that could be trusted with a token.`);
}
