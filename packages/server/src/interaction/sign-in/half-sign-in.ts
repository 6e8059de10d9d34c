import { Packer, Unpacker } from "../../kernel/bytes.ts";
import { sameText, sha256Base64Url } from "../../kernel/hash.ts";
import { joinWords, splitWords } from "../../kernel/words.ts";
import type { SecondFactor, User } from "../../people/index.ts";
import type { Desk } from "../desk.ts";

/** A sign-in that waits for its second factor. Nothing of it is stored, and no other browser can end it. */
export interface HalfSignIn {
  userId: string;
  userGeneration: number;
  /** Of the second factor that it waits for; unequal is dead. */
  stamp: string;
  /** What was proven so far (RFC 8176). */
  amr: string[];
}

const purpose = "half_sign_in";
const lifeMs = 10 * 60_000;

/** The cookies with which a browser keeps it. */
export function keepHalfSignIn(
  { ctx, cookies, sealer }: Desk,
  mark: string,
  { user, factor, amr }: { user: User; factor: SecondFactor; amr: readonly string[] },
): string {
  const packer = new Packer()
    .id(user.id)
    .varint(user.generation)
    .text(factor.stamp)
    .text(joinWords(amr))
    .text(sha256Base64Url(mark))
    .u48(ctx.clock.now() + lifeMs);
  return cookies.write("halfway", sealer.seal(purpose, packer.finish()), lifeMs / 1000);
}

/** Undefined when there is none, or it waited too long, or came from another browser. */
export function readHalfSignIn({ ctx, cookies, sealer }: Desk, browser: Request): HalfSignIn | undefined {
  const sealed = cookies.read(browser, "halfway");
  const payload = sealed === undefined ? undefined : sealer.open(purpose, sealed);
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const half = {
    userId: unpacker.id("usr"),
    userGeneration: unpacker.varint(),
    stamp: unpacker.text(),
    amr: splitWords(unpacker.text()),
  };
  const ofThisBrowser = sameText(unpacker.text(), sha256Base64Url(cookies.read(browser, "browser") ?? ""));
  const inTime = ctx.clock.now() < unpacker.u48();
  unpacker.end();
  return ofThisBrowser && inTime ? half : undefined;
}
