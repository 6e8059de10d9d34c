import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { callText, signWith } from "@innkeeper/server";
import type { Hotkey } from "./key-file.ts";

/** The signature of a text, in hexadecimal. */
export async function sign({ scheme, secret }: Hotkey, text: string): Promise<string> {
  return Buffer.from(await signWith(scheme, secret, Buffer.from(text))).toString("hex");
}

export interface ApiCall {
  issuer: string;
  method: string;
  /** On the issuer's origin; what is signed is its path and query. */
  url: string;
  /** @default no body */
  body?: string | Uint8Array;
}

/** The headers with which one call of the API is the key's. They are worth nothing for a second one. */
export async function signCall(
  hotkey: Hotkey,
  { issuer, method, url, body = "" }: ApiCall,
): Promise<Record<string, string>> {
  const { pathname, search } = new URL(url, issuer);
  const nonce = `${Math.floor(Date.now() / 1000)}.${randomBytes(16).toString("base64url")}`;
  const text = callText({ issuer, method: method.toUpperCase(), target: pathname + search, body, nonce });
  return {
    "x-innkeeper-hotkey": hotkey.address,
    "x-innkeeper-signature": await sign(hotkey, text),
    "x-innkeeper-nonce": nonce,
  };
}
