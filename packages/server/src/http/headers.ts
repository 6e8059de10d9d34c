export interface PageHeaderOptions {
  /** https issuers get HSTS. */
  issuer: string;
  /** Addresses of images on the page, such as logos; `data:` is allowed always. @default none */
  images?: readonly string[];
  /**
   * False on pages whose form ends in a redirect to an app: Chromium applies the directive to that redirect too.
   * @default true, forms go to this origin only
   */
  ownForms?: boolean;
  /** The path of the one script of ours that the page may run. @default none */
  script?: string | undefined;
}

/** The headers of every page: no foreign script, no frame, nothing from elsewhere, no trace of the address. */
export function pageHeaders({
  issuer,
  images = [],
  ownForms = true,
  script,
}: PageHeaderOptions): Record<string, string> {
  const headers: Record<string, string> = {
    "content-security-policy": contentSecurityPolicy(images, ownForms, script && issuer + script),
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  };
  if (issuer.startsWith("https:")) headers["strict-transport-security"] = "max-age=31536000";
  return headers;
}

function contentSecurityPolicy(images: readonly string[], ownForms: boolean, script: string | undefined): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    ...(script ? [`script-src ${script}`] : []),
    `img-src ${["'self'", "data:", ...new Set(images.flatMap(originOf))].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(ownForms ? ["form-action 'self'"] : []),
  ].join("; ");
}

/** The origin is rebuilt from the parsed address, so that no address can add a directive. */
function originOf(image: string): string[] {
  const url = URL.parse(image);
  return url?.protocol === "https:" ? [url.origin] : [];
}
