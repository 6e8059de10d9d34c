import { Buffer } from "node:buffer";
import { Fault } from "../kernel/faults.ts";

/**
 * The body as text, at most `maxBytes` of it: `Content-Length` is believed only in so far as it refuses at once, and a
 * chunked body is counted while it arrives.
 *
 * @throws Fault `payload_too_large`; `invalid_request` when it is no UTF-8 or the client left in between.
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Fault("invalid_request", "The body is not UTF-8.");
  }
}

/** The body as it came, under the same limit. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge(maxBytes);
  const bytes = declared === null ? await countChunks(request, maxBytes) : await readWhole(request);
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

/**
 * Whether nothing was sent. A client that sends nothing need not say so: `curl -X POST` names neither type nor length,
 * and servers hand over a body all the same, which then ends at once. The body is used up by looking.
 */
export async function isEmptyBody(request: Request): Promise<boolean> {
  return readBytes(request, 0).then(
    () => true,
    (error) => {
      if (error instanceof Fault && error.code === "payload_too_large") return false;
      throw error;
    },
  );
}

/** The type without its parameters, in lower case. */
export function mediaTypeOf(request: Request): string {
  const type = request.headers.get("content-type") ?? "";
  const end = type.indexOf(";");
  return (end === -1 ? type : type.slice(0, end)).trim().toLowerCase();
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw incomplete();
  }
}

async function countChunks(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch(() => {
      throw incomplete();
    });
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      // Not awaited: a client that goes on sending must not delay its own refusal.
      reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): Fault {
  return new Fault("payload_too_large", `The body is larger than ${maxBytes} bytes.`);
}

function incomplete(): Fault {
  return new Fault("invalid_request", "The body did not arrive completely.");
}
