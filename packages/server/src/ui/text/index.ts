import { en } from "./en/index.ts";

/** Every sentence of the pages. A further language is an object of this type. */
export type Text = typeof en;

export const text: Text = en;

/** What can happen to an account, as its owner reads it. */
export type SecurityEventKind = keyof Text["securityEvents"]["kinds"];
