import { createHash } from "node:crypto";

const style = `:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}
body{display:grid;place-content:center;min-height:90vh;margin:0 1.5rem;text-align:center}
h1{font-size:1.6rem;margin:0 0 .5rem}p{margin:0}`;

const hash = createHash("sha256").update(style).digest("base64");

/** The last thing a person sees in the browser. Its words are the program's own, never the platform's. */
export function closingPage(title: string, sentence: string): { markup: string; headers: Record<string, string> } {
  return {
    markup: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body><main><h1>${title}</h1><p>${sentence}</p></main></body>
</html>
`,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      connection: "close",
    },
  };
}
