import { encodeBase64Url } from "../kernel/bytes.ts";
import type { Desk } from "./desk.ts";

/** The long-lived random value that ties requests and signed-out forms to the browser they were shown in. */
export interface BrowserMark {
  value: string;
  /** `Set-Cookie` headers: one when the browser had no mark yet. */
  cookies: readonly string[];
}

const lifeSeconds = 400 * 86_400;

export function browserMark({ ctx, cookies }: Desk, request: Request): BrowserMark {
  const known = cookies.read(request, "browser");
  if (known !== undefined) return { value: known, cookies: [] };
  const value = encodeBase64Url(ctx.random.bytes(16));
  return { value, cookies: [cookies.write("browser", value, lifeSeconds)] };
}
