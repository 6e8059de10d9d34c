import { readFile } from "node:fs/promises";
import { type Hotkey, isReadableByOthers, readHotkeyFile } from "../hotkey/key-file.ts";
import { sign, signCall } from "../hotkey/sign.ts";
import { signInUrl } from "../hotkey/sign-in-url.ts";
import { answer, CommandFault, say, UsageFault } from "../process/answer.ts";
import { namedIssuer } from "../remote/choose-profile.ts";

export interface SignFlags {
  hotkeyFile: string;
  text?: string;
  textFile?: string;
  method?: string;
  url?: string;
  body?: string;
  signIn?: boolean;
  issuer?: string;
  json?: boolean;
}

/** Signs a text, the headers of one call of the API, or a sign-in that a browser completes. */
export async function signWithHotkey(flags: SignFlags): Promise<void> {
  const { hotkeyFile, text, textFile, url, signIn } = flags;
  const asked = [text, textFile, url, signIn].filter((value) => value !== undefined);
  if (asked.length !== 1) throw new UsageFault("Give one of --text, --text-file, --url or --sign-in.");
  const hotkey = await readHotkeyFile(hotkeyFile);
  if (await isReadableByOthers(hotkeyFile)) {
    say(`Others on this computer can read ${hotkeyFile}. Run: chmod 600 ${hotkeyFile}`);
  }
  if (url !== undefined) return signOneCall(hotkey, { ...flags, url });
  if (signIn) return signOneSignIn(hotkey, flags);
  const signature = await sign(hotkey, text ?? (await readText(textFile!)));
  answer(flags.json, { hotkey: hotkey.address, scheme: hotkey.scheme, signature }, [signature]);
}

async function signOneSignIn(hotkey: Hotkey, flags: SignFlags): Promise<void> {
  const issuer = namedIssuer(flags);
  if (!issuer) throw new UsageFault("Say where: --sign-in --issuer https://…");
  const url = await signInUrl(issuer, hotkey);
  answer(flags.json, { url }, [url]);
}

async function signOneCall(
  hotkey: Hotkey,
  { url, method = "GET", body, issuer, json }: SignFlags & { url: string },
): Promise<void> {
  const whole = URL.parse(url);
  if (!whole?.protocol.startsWith("http")) {
    throw new UsageFault(`"${url}" must be the whole address of the call, such as https://id.acme.example/idp/apps`);
  }
  const headers = await signCall(hotkey, { issuer: issuer ?? whole.origin, method, url, body: body ?? "" });
  answer(
    json,
    headers,
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  );
}

/** To the letter, but for the line break that editors put at the end. */
async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    throw new CommandFault(`The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
