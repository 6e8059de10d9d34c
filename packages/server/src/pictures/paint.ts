import { Buffer } from "node:buffer";
import type { Sharp, SharpOptions } from "sharp";
import { Fault } from "../kernel/faults.ts";

/** Pixels each way of what we serve. */
const side = 256;
/** A small file may unfold to a huge picture, so its own words about its size are judged before it is decoded. */
const mostPixels = 4096 * 4096;
/** Decoding takes memory and threads that passwords need too: one at a time, and no long queue. */
const mostWaiting = 8;

type Draw = (input: Uint8Array, options: SharpOptions) => Sharp;

/** sharp takes long to load, so it is loaded with the first picture. Whatever it can read besides is switched off. */
async function load(): Promise<Draw> {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"] });
  return sharp;
}

/** How a picture becomes square: seen whole with nothing beside it, or filled and cut. */
type Fit = "contain" | "cover";

const painter = createPainter();

/**
 * Makes of a stranger's picture one of ours: WebP, square, and nothing of what the file carried besides. Undefined when it
 * is no PNG, JPEG or WebP, or is too large.
 *
 * @throws Fault `temporarily_unavailable` when too many are waiting.
 */
export const paintLogo = (bytes: Uint8Array) => painter(bytes, "contain");

/** The same of the picture of a person: the middle of it. */
export const paintAvatar = (bytes: Uint8Array) => painter(bytes, "cover");

function createPainter(): (bytes: Uint8Array, fit: Fit) => Promise<Uint8Array | undefined> {
  let draw: Promise<Draw> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (bytes, fit) => {
    if (!hasKnownMagic(bytes)) return undefined;
    if (waiting >= mostWaiting)
      throw new Fault("temporarily_unavailable", "Too many pictures at once. Try again soon.");
    waiting += 1;
    draw ??= load();
    const drawing = last.then(async () => paint(await draw!, bytes, fit));
    last = drawing.catch(() => {});
    try {
      return await drawing;
    } finally {
      waiting -= 1;
    }
  };
}

async function paint(draw: Draw, bytes: Uint8Array, fit: Fit): Promise<Uint8Array | undefined> {
  try {
    return await draw(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true })
      .timeout({ seconds: 5 })
      .autoOrient()
      .resize(side, side, { fit, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .webp({ quality: 90 })
      .toBuffer();
  } catch {
    // Whatever it says of a stranger's file is of no use to anybody.
    return undefined;
  }
}

const magics = [
  { at: 0, hex: "89504e470d0a1a0a" },
  { at: 0, hex: "ffd8ff" },
  { at: 8, hex: "57454250" },
];

function hasKnownMagic(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("hex");
  return magics.some(({ at, hex }) => head.startsWith(hex, at * 2));
}
