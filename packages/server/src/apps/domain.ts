import { isLoopbackHost } from "../kernel/url.ts";
import type { App } from "./app.ts";

type Addresses = Pick<App, "homepageUrl" | "redirectUris">;

/** Lower-case ASCII labels with at least one dot, or undefined. */
export function readDomain(text: string): string | undefined {
  if (text.length > 253 || /[\s/:@?#%\\[\]]/.test(text)) return undefined;
  const host = URL.parse(`https://${text}`)?.hostname ?? "";
  const labels = host.split(".");
  // An IPv4 address, in whatever way it was spelled, ends in a number; no domain does.
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1)!)) return undefined;
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) ? host : undefined;
}

/** Whether the host is the domain or lies below it. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/**
 * Whether everything by which people meet the app lies within the domain: its homepage, and where answers go. A program on
 * the person's own machine lies nowhere, and is not enough.
 */
export function fitsDomain({ homepageUrl, redirectUris }: Addresses, domain: string): boolean {
  const uris = homepageUrl === null ? redirectUris : [homepageUrl, ...redirectUris];
  const hosts = uris.map((uri) => new URL(uri).hostname).filter((host) => !isLoopbackHost(host));
  return hosts.length > 0 && hosts.every((host) => isWithin(host, domain));
}

/** The app's proven domain, if this host lies within it: what a badge beside the host may say. */
export function verifiedDomainFor(app: Pick<App, "verifiedDomain">, host: string): string | undefined {
  const { verifiedDomain } = app;
  const name = host.replace(/:\d+$/, "");
  return verifiedDomain !== null && isWithin(name, verifiedDomain) ? verifiedDomain : undefined;
}

/** What the owner of a domain publishes, in either of two places. */
export interface DomainProof {
  /** The name of a text record. */
  recordName: string;
  /** Where a file may lie instead. */
  fileUrl: string;
  /** What stands there. It is no secret: that it stands there is the proof. */
  content: string;
}

export function domainProof(appId: string, domain: string): DomainProof {
  return {
    recordName: `_innkeeper-challenge.${domain}`,
    fileUrl: `https://${domain}/.well-known/innkeeper-domain.txt`,
    content: `innkeeper-domain-verification=${appId}`,
  };
}
