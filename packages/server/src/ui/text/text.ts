import type { en } from "./en/index.ts";
import type { Wording } from "./wording.ts";

/** Every sentence of the pages. Every language is an object of this type, so that none can lack a sentence. */
export type Text = Wording<typeof en>;
