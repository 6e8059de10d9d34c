import { CommandFault } from "../process/answer.ts";
import { Refusal } from "../remote/refusal.ts";
import { send, textOf } from "../remote/send.ts";
import type { Hotkey } from "./key-file.ts";
import { sign } from "./sign.ts";

/**
 * The address that signs the holder of the key in when it is opened in a browser and confirmed there, within five minutes.
 * Signs nothing that another platform, or another use, could be meant by.
 */
export async function signInUrl(issuer: string, hotkey: Hotkey): Promise<string> {
  const sent = await send(`${issuer}/idp/cli_login/nonce`);
  if (sent.status !== 200) throw new Refusal(sent);
  const [nonce, text] = [textOf(sent.body, "nonce"), textOf(sent.body, "text")];
  if (nonce === undefined || text === undefined || !isSignIn(text, issuer, nonce)) {
    throw new CommandFault(`${issuer} wants something else signed than a sign-in of its own. Nothing was signed.`);
  }
  const asked = { hotkey: hotkey.address, signature: await sign(hotkey, text), nonce };
  return `${issuer}/idp/cli_login?${new URLSearchParams(asked)}`;
}

function isSignIn(text: string, issuer: string, nonce: string): boolean {
  const lines = text.split("\n");
  const facts = [`URI: ${issuer}/idp/cli_login`, "Purpose: cli-sign-in", `Nonce: ${nonce}`];
  const first = `${new URL(issuer).host} wants you to sign in with your key.`;
  return lines[0] === first && facts.every((fact) => lines.filter((line) => line === fact).length === 1);
}
