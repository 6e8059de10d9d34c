import { readFile } from "node:fs/promises";
import { isReadableByOthers, readHotkeyFile } from "../hotkey/key-file.ts";
import { sign, signCall } from "../hotkey/sign.ts";
import { answer, CommandFault } from "../process/answer.ts";

export interface SignFlags {
  hotkeyFile: string;
  text?: string;
  textFile?: string;
  method?: string;
  url?: string;
  body?: string;
  issuer?: string;
  json?: boolean;
}

/** Signs a text, or the headers of one call of the API. */
export async function signWithHotkey(flags: SignFlags): Promise<void> {
  const { hotkeyFile, text, textFile, url } = flags;
  const asked = [text, textFile, url].filter((value) => value !== undefined);
  if (asked.length !== 1) throw new CommandFault("Give one of --text, --text-file or --url.");
  const hotkey = await readHotkeyFile(hotkeyFile);
  if (await isReadableByOthers(hotkeyFile)) {
    process.stderr.write(`Others on this computer can read ${hotkeyFile}. Run: chmod 600 ${hotkeyFile}\n`);
  }
  if (url !== undefined) return signOneCall(hotkey, { ...flags, url });
  const signature = await sign(hotkey, text ?? (await readText(textFile!)));
  answer(flags.json, { hotkey: hotkey.address, scheme: hotkey.scheme, signature }, [signature]);
}

async function signOneCall(
  hotkey: Awaited<ReturnType<typeof readHotkeyFile>>,
  { url, method = "GET", body, issuer, json }: SignFlags & { url: string },
): Promise<void> {
  const origin = issuer ?? URL.parse(url)?.origin;
  if (origin === undefined || origin === "null" || !URL.parse(url, origin)?.protocol.startsWith("http")) {
    throw new CommandFault(`"${url}" must be the whole address of the call, such as https://id.acme.example/idp/apps`);
  }
  const headers = await signCall(hotkey, { issuer: origin, method, url, ...(body !== undefined && { body }) });
  answer(
    json,
    headers,
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  );
}

/** To the letter, but for the line break that editors put at the end. */
async function readText(path: string): Promise<string> {
  return (await readFile(path, "utf8")).replace(/\r?\n$/, "");
}
