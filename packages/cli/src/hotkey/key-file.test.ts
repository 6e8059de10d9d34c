import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isReadableByOthers, readHotkeyFile } from "./key-file.ts";
import { sign, signCall } from "./sign.ts";

const aliceSeed = "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
const alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const edSeed = "abf8e5bdbe30c65656c0a3cbd181ff8a56294a69dfedd27982aace4a76909115";
const edAlice = "5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu";
const edPublic = "88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "innkeeper-hotkey-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string | object): Promise<string> {
  const path = join(folder, `key-${++files}`);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o600 });
  return path;
}

describe("a key file", () => {
  it.each([
    ["a seed", aliceSeed, "sr25519", alice],
    ["a seed with 0x and a line break", `0x${aliceSeed.toUpperCase()}\n`, "sr25519", alice],
    ["JSON with a seed", { seed: aliceSeed }, "sr25519", alice],
    [
      "JSON as wallets of the command line write it",
      { secretSeed: `0x${aliceSeed}`, ss58Address: alice },
      "sr25519",
      alice,
    ],
    ["JSON of an ed25519 key", { scheme: "ed25519", seed: edSeed, publicKey: `0x${edPublic}` }, "ed25519", edAlice],
    ["an ed25519 secret with its public half", { scheme: "ed25519", secret: edSeed + edPublic }, "ed25519", edAlice],
  ])("may hold %s", async (_what, content, scheme, address) => {
    expect(await readHotkeyFile(await fileOf(content))).toMatchObject({ scheme, address });
  });

  it.each([
    ["nothing", "", "holds neither 64 hexadecimal digits nor JSON"],
    ["half a seed", aliceSeed.slice(0, 32), "holds neither"],
    ["words", "bottom drive obey lake curtain smoke", "holds neither"],
    ["null", "null", "holds neither"],
    ["an unknown scheme", { scheme: "ecdsa", seed: aliceSeed }, "must be sr25519 or ed25519"],
    ["no secret", { ss58Address: alice }, 'needs a "seed" of 64 hexadecimal digits'],
    ["a number", { seed: 7 }, 'needs a "seed"'],
    ["an encrypted key", { encoded: "AAAA", address: alice }, "is encrypted"],
    ["another key's address", { seed: aliceSeed, address: edAlice }, "is not that of its secret"],
    ["a key of the other scheme", { seed: edSeed, address: edAlice }, 'write "scheme": "ed25519"'],
    ["no address beside its secret", { seed: aliceSeed, address: "5Grw" }, "is not that of its secret"],
    ["too much", "x".repeat(20_000), "is too large"],
  ])("with %s is refused in words that hold nothing of it", async (_what, content, words) => {
    const refusal = await readHotkeyFile(await fileOf(content)).catch((error: Error) => error.message);
    expect(refusal).toContain(words);
    for (const secret of [aliceSeed.slice(0, 16), edSeed, "bottom"]) expect(refusal).not.toContain(secret);
  });

  it("that is not there is told by its name", async () => {
    await expect(readHotkeyFile(join(folder, "none"))).rejects.toThrow("cannot be read (ENOENT)");
  });

  it("that others can read is noticed", async () => {
    const path = await fileOf(aliceSeed);
    expect(await isReadableByOthers(path)).toBe(false);
    await chmod(path, 0o640);
    expect(await isReadableByOthers(path)).toBe(true);
  });
});

describe("a signed call", () => {
  it("names the key, and never signs the same twice", async () => {
    const hotkey = await readHotkeyFile(await fileOf({ scheme: "ed25519", seed: edSeed }));
    const call = { issuer: "https://id.acme.example", method: "get", url: "https://id.acme.example/users/me?a=1" };
    const [first, second] = [await signCall(hotkey, call), await signCall(hotkey, call)];
    expect(first["x-innkeeper-hotkey"]).toBe(edAlice);
    expect(first["x-innkeeper-nonce"]).toMatch(/^\d{10}\.[\w-]{22}$/);
    expect(first["x-innkeeper-nonce"]).not.toBe(second["x-innkeeper-nonce"]);
    expect(await sign(hotkey, "a")).toHaveLength(128);
  });
});
