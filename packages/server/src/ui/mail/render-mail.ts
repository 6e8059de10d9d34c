import type { Brand } from "../brand.ts";
import { initialOf } from "../initial.ts";
import { type Content, html, type Markup } from "../markup.ts";
import { dark, light } from "../styles/tokens.ts";
import { adaptAccent } from "../theme.ts";
import type { MailText } from "./mail-text.ts";

/** From whom a mail comes. */
export interface MailFrame {
  brand: Pick<Brand, "name" | "accent">;
  issuer: string;
}

/** A mail in its two forms. Neither loads anything: no picture, no font, nothing that tells that it was read. */
export function renderMail(frame: MailFrame, mail: MailText): { html: string; text: string } {
  return { html: renderHtml(frame, mail), text: renderText(frame, mail) };
}

function renderText({ brand, issuer }: MailFrame, { subject, lines, code, link, ending }: MailText): string {
  const parts = [
    brand.name,
    subject,
    ...lines,
    code && `    ${code}`,
    link && `${link.label}:\n${issuer}${link.path}`,
    ending,
    `-- \n${brand.name}, ${issuer}`,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

// Mail programs keep few styles beside those on the element; those that know dark colours read the head too.
function renderHtml({ brand, issuer }: MailFrame, mail: MailText): string {
  const { language = "en", direction = "ltr", subject, lines, ending } = mail;
  const colours = adaptAccent(brand.accent, light, false);
  const paragraph = (words: Content) => html`<p style="margin:0 0 16px">${words}</p>`;
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<title>${subject}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>${nightRules(brand.accent)}</style>
</head>
<body class="paper" style="margin:0;padding:32px 16px;background:${light.paper};color:${light.ink};font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;-webkit-text-size-adjust:100%">
<main style="max-width:480px;margin:0 auto">
<p style="margin:0 0 16px;font-weight:600"><span class="fill" aria-hidden="true" style="display:inline-block;width:24px;margin-inline-end:8px;border-radius:6px;background:${colours.accent};color:${colours["on-accent"]};text-align:center;font-size:14px;line-height:24px">${initialOf(brand.name)}</span>${brand.name}</p>
<div class="card" style="padding:24px;border:1px solid ${light.line};border-radius:12px;background:${light.card};overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${subject}</h1>
${lines.map(paragraph)}${codeBox(mail)}${button(mail, issuer, colours)}${ending && html`<p class="quiet" style="margin:0;color:${light["ink-2"]};font-size:14px">${ending}</p>`}
</div>
<p class="quiet" style="margin:16px 0 0;color:${light["ink-3"]};font-size:13px">${brand.name} · <a class="quiet" href="${issuer}" style="color:${light["ink-3"]}">${new URL(issuer).host}</a></p>
</main>
</body>
</html>
`.toString();
}

function codeBox({ code }: MailText): Markup | undefined {
  if (code === undefined) return undefined;
  const look = `margin:0 0 16px;padding:12px;border:1px solid ${light.line};border-radius:8px;background:${light.sunk};text-align:center;font:600 28px/1.3 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:4px`;
  return html`<p class="sunk" dir="ltr" style="${look}">${code}</p>
`;
}

function button({ link }: MailText, issuer: string, colours: ReturnType<typeof adaptAccent>): Markup | undefined {
  if (!link) return undefined;
  const look = `display:inline-block;padding:10px 16px;border-radius:8px;background:${colours.accent};color:${colours["on-accent"]};font-weight:600;text-decoration:none`;
  return html`<p style="margin:0 0 16px"><a class="fill" href="${issuer}${link.path}" style="${look}">${link.label}</a></p>
`;
}

function nightRules(accent: string): Markup {
  const colours = adaptAccent(accent, dark, true);
  const rules = [
    `.paper{background:${dark.paper}!important;color:${dark.ink}!important}`,
    `.card{background:${dark.card}!important;border-color:${dark.line}!important}`,
    `.sunk{background:${dark.sunk}!important;border-color:${dark.line}!important}`,
    `.quiet{color:${dark["ink-2"]}!important}`,
    `.fill{background:${colours.accent}!important;color:${colours["on-accent"]}!important}`,
  ];
  return html`:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${rules}}`;
}
