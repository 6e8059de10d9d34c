import { z } from "zod";

/** Shown to strangers as the maker of an app: nothing that breaks lines or turns the words around it. */
const unruly = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;

/** What a person may be called: 1 to 64 characters. */
export const displayNameShape = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((name) => !unruly.test(name), "A name is one line of ordinary text");
