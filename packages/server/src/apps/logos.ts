import { Buffer } from "node:buffer";
import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { App } from "./app.ts";
import { holdApp } from "./apps.sql.ts";
import { deleteLogo, hangLogo, insertLogo, selectLogo } from "./logos.sql.ts";

export interface Logo {
  mediaType: string;
  bytes: Uint8Array;
}

/** Where we serve the app's logo; undefined when it has none. */
export function logoPath({ logoId }: Pick<App, "logoId">): string | undefined {
  return logoId === null ? undefined : `/logos/${logoId}`;
}

export async function findLogo(ctx: Ctx, logoId: string): Promise<Logo | undefined> {
  const row = await selectLogo(ctx, logoId);
  return row && { mediaType: row.mediaType, bytes: Buffer.from(row.content, "base64") };
}

/**
 * Puts the picture, drawn by us, in the place of the one before; null leaves the place empty. Whoever consented before is
 * asked again, because the logo is what people recognise the app by. Undefined when the app is deleted.
 */
export async function changeLogo(
  tx: Tx,
  appId: string,
  picture: Uint8Array | null,
  actorId: string,
): Promise<App | undefined> {
  const held = await holdApp(tx, appId);
  if (!held) return undefined;
  const before = held.app.logoId;
  if (picture === null && before === null) return held.app;
  const logoId = picture && (await keep(tx, picture));
  const app = await hangLogo(tx, appId, logoId);
  if (before !== null) await deleteLogo(tx, before);
  await announce(tx, "app", appId);
  await recordAudit(tx, { actorId, action: "app.logo_changed", subjectId: appId, detail: { logoId } });
  return app;
}

/** Under a name of its own, so that what caches keep under it never changes. */
async function keep(tx: Tx, picture: Uint8Array): Promise<string> {
  const id = tx.random.id("logo");
  await insertLogo(tx, { id, mediaType: "image/webp", content: Buffer.from(picture).toString("base64") });
  return id;
}
