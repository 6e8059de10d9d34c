/** Pictures of strangers, drawn anew. */
export { paintAvatar, paintLogo } from "./paint.ts";
