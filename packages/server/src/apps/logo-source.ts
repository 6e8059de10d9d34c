import type { Ctx } from "../context.ts";
import { OutboundFailure } from "../http/outbound-failure.ts";

/** A picture as it arrives has at most as many bytes. */
export const logoMaxBytes = 1_048_576;
const timeoutMs = 5000;

/** Fetches a picture from where its owner says it is. The message may be shown to him. */
export async function fetchPicture(
  ctx: Ctx,
  url: string,
): Promise<{ ok: true; bytes: Uint8Array } | { ok: false; message: string }> {
  try {
    const { status, body } = await ctx.outbound.fetch(url, { method: "GET", maxBytes: logoMaxBytes, timeoutMs });
    if (status === 200) return { ok: true, bytes: body };
    return { ok: false, message: `The address answered with ${status}; redirects are not followed.` };
  } catch (error) {
    if (error instanceof OutboundFailure) return { ok: false, message: error.message };
    throw error;
  }
}
