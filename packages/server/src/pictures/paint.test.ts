import { Buffer } from "node:buffer";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { paintLogo as paint, paintAvatar } from "./paint.ts";

const red = { r: 200, g: 20, b: 20 };
const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: red } });

describe("the picture of a person", () => {
  it("fills its square: what is too wide is cut on both sides", async () => {
    const drawn = await paintAvatar(await picture(40, 20).png().toBuffer());
    const { format, width, height } = await sharp(drawn).metadata();
    expect([format, width, height]).toEqual(["webp", 256, 256]);
    const { data, info } = await sharp(drawn).raw().toBuffer({ resolveWithObject: true });
    expect(data[(5 * 256 + 5) * info.channels]).toBeGreaterThan(180);
  });
});

describe("a logo", () => {
  it.each(["png", "jpeg", "webp"] as const)("is drawn anew from %s: a square of WebP", async (format) => {
    const drawn = await paint(await picture(40, 20).toFormat(format).toBuffer());
    const { format: kind, width, height, hasAlpha } = await sharp(drawn).metadata();
    expect([kind, width, height, hasAlpha]).toEqual(["webp", 256, 256, true]);
    const { data } = await sharp(drawn).raw().toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => [...data.subarray((y * 256 + x) * 4, (y * 256 + x) * 4 + 4)];
    // The whole picture is seen: what a square has more is transparent.
    expect(pixel(128, 10)[3]).toBe(0);
    expect(pixel(128, 128)[0]).toBeGreaterThan(180);
  });

  it("[X06] keeps nothing that the file carried besides", async () => {
    const exif = { IFD0: { Copyright: "a sentinel of the test" } };
    const drawn = await paint(await picture(40, 40).withExif(exif).jpeg().toBuffer());
    expect(Buffer.from(drawn!).includes("sentinel")).toBe(false);
    expect((await sharp(drawn).metadata()).exif).toBeUndefined();
  });

  it("[X06] is none when the file is something else, whatever it calls itself", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`;
    const pdf = "%PDF-1.7";
    const html = "<script>alert(1)</script>";
    const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
    for (const bytes of [Buffer.from(svg), Buffer.from(pdf), Buffer.from(html), gif, Buffer.alloc(0)]) {
      expect(await paint(bytes)).toBeUndefined();
    }
    // The right beginning is not enough, and what comes after it is read by no other reader.
    const png = Buffer.from("89504e470d0a1a0a", "hex");
    expect(await paint(Buffer.concat([png, Buffer.from(svg)]))).toBeUndefined();
    const whole = await picture(400, 400).png().toBuffer();
    expect(await paint(whole.subarray(0, whole.length / 2))).toBeUndefined();
  });

  it("[X06] is none when a small file unfolds to too many pixels", async () => {
    const bomb = await picture(4200, 4200).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(200_000);
    const begun = performance.now();
    expect(await paint(bomb)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it("waits for few others", async () => {
    const bytes = await picture(1000, 1000).png().toBuffer();
    const drawings = await Promise.allSettled(Array.from({ length: 12 }, () => paint(bytes)));
    expect(drawings.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
    expect(drawings.at(-1)).toMatchObject({ reason: { code: "temporarily_unavailable" } });
    expect(await paint(bytes)).toBeDefined();
  });
});
