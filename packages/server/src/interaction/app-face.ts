import { type App, logoPath, verifiedDomainFor } from "../apps/index.ts";
import { hostOf, parseHttpUrl } from "../kernel/url.ts";
import type { RequestingApp } from "./pages/sign-in.ts";

/** An app as the doors show it. Its links were checked when they were registered, and are again before they are shown. */
export function requestingApp({ app, request }: { app: App; request: { redirectUri: string } }): RequestingApp {
  const host = hostOf(request.redirectUri);
  return {
    name: app.name,
    host,
    logoUrl: logoPath(app),
    verifiedHost: verifiedDomainFor(app, host),
    privacyUrl: shownLink(app.privacyPolicyUrl),
    termsUrl: shownLink(app.termsUrl),
  };
}

function shownLink(url: string | null): string | undefined {
  return url !== null && parseHttpUrl(url) ? url : undefined;
}
