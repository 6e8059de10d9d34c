import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { findAvatar } from "../people/index.ts";

/** The path names the picture, so it never changes; apps show it, so other sites may load it. */
export async function serveAvatar(ctx: Ctx, id: string): Promise<Response> {
  const avatar = /^ava_\w{1,40}$/.test(id) ? await findAvatar(ctx, id) : undefined;
  if (!avatar) throw new Fault("not_found", "Not found");
  return new Response(avatar.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": avatar.mediaType,
      "cache-control": "public, max-age=86400",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    },
  });
}
