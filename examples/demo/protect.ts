import type { MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";

/** What stands in front of every page and answer. */
export function protections(origin: string): MiddlewareHandler[] {
  return [
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: "DENY",
      // Not no-referrer: browsers would then send "Origin: null" with our own forms.
      referrerPolicy: "same-origin",
    }),
    async (c, next) => {
      // One name only: cookie and redirect URI belong to it, and a name rebound to this address gets nothing.
      const url = new URL(c.req.url);
      if (url.host !== new URL(origin).host) return c.redirect(origin + url.pathname + url.search);
      c.header("cache-control", "no-store");
      await next();
    },
    csrf({ origin }),
  ];
}
