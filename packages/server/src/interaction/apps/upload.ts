import { mediaTypeOf, readBytes } from "../../http/body.ts";
import type { Form } from "../../http/form.ts";
import { Fault } from "../../kernel/faults.ts";

export interface Upload {
  form: Form;
  /** The bytes of the one file, if one was chosen. */
  file: Uint8Array | undefined;
}

/** For the boundaries and the fields beside the file. */
const besideMaxBytes = 16_384;

/**
 * A form with a file (RFC 7578).
 * @throws Fault `payload_too_large` before the file is looked at; `unsupported_media_type`, `invalid_request`.
 */
export async function readUpload(request: Request, fileName: string, maxBytes: number): Promise<Upload> {
  if (mediaTypeOf(request) !== "multipart/form-data") {
    throw new Fault("unsupported_media_type", "The body must be multipart/form-data.");
  }
  const body = await readBytes(request, maxBytes + besideMaxBytes);
  const data = await parse(body, request.headers.get("content-type")!);
  const texts = (name: string) =>
    data.getAll(name).filter((value) => typeof value === "string" && value !== "") as string[];
  const file = data.get(fileName);
  const bytes = file instanceof Blob && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : undefined;
  if (bytes && bytes.byteLength > maxBytes) throw new Fault("payload_too_large", "The file is too large.");
  return { form: { get: (name) => texts(name)[0], all: texts }, file: bytes };
}

async function parse(body: Uint8Array, contentType: string): Promise<FormData> {
  try {
    const headers = { "content-type": contentType };
    return await new Response(body as Uint8Array<ArrayBuffer>, { headers }).formData();
  } catch (cause) {
    throw new Fault("invalid_request", "The body is no multipart/form-data.", { cause });
  }
}
