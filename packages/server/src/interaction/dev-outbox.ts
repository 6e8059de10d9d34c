import { readQuery } from "../http/form.ts";
import { pageHeaders } from "../http/headers.ts";
import { htmlResponse } from "../http/respond.ts";
import type { Handler, RequestInfo, Route } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { isLoopbackHost } from "../kernel/url.ts";
import { findOutboxMail, listOutbox, mailWay, type OutboxMail } from "../mail/index.ts";
import { renderMail } from "../ui/mail/render-mail.ts";
import type { Desk } from "./desk.ts";
import { outboxPath, renderOutbox } from "./pages/dev-outbox.ts";

/** The letters of a development machine, for whoever sits at it. Anywhere else these addresses do not exist. */
export function devOutboxRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  if (mailWay(ctx.config) !== "outbox") return [];
  const { brand, issuer } = ctx.config;

  const list: Handler = async (browser, info) => {
    mustBeAtHome(browser, info, issuer);
    const mails = await listOutbox(ctx);
    const letters = mails.map((mail) => ({ ...headOf(mail), text: renderMail({ brand, issuer }, mail.text).text }));
    return desk.page(renderOutbox(desk.frame(browser), letters));
  };

  const look: Handler = async (request, info) => {
    mustBeAtHome(request, info, issuer);
    const mail = await findOutboxMail(ctx, readQuery(info.query).get("id") ?? "");
    if (!mail) throw new Fault("not_found", "There is no such mail.");
    // A mail brings its styles along, and nothing else.
    const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    const headers = { ...pageHeaders({ issuer }), "content-security-policy": policy };
    return htmlResponse(renderMail({ brand, issuer }, mail.text).html, { headers });
  };

  return [
    { method: "GET", path: outboxPath, shape: "page", handler: list },
    { method: "GET", path: `${outboxPath}/mail`, shape: "page", handler: look },
  ];
}

/** A tunnel or a proxy says so: behind it anybody may sit, although its end stands on this machine. */
const forwarded = ["x-forwarded-for", "x-forwarded-host", "forwarded", "via"];

/** From this machine, and under its own name: a page elsewhere may have a name that leads here. */
function mustBeAtHome(request: Request, { peer }: RequestInfo, issuer: string): void {
  const host = request.headers.get("host");
  const isOwnName = host === null || host === new URL(issuer).host;
  const isForwarded = forwarded.some((name) => request.headers.has(name));
  if (!isOwnName || isForwarded || !isLoopbackHost(peer.replace(/^::ffff:/, "")))
    throw new Fault("not_found", "Not found");
}

function headOf({ id, to, createdAt, text }: OutboxMail) {
  return { id, to, createdAt, subject: text.subject };
}
