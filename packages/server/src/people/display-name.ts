import { z } from "zod";
import { isOrdinaryLine } from "../kernel/ordinary-line.ts";

/** What a person may be called: 1 to 64 characters. Shown to strangers as the maker of an app. */
export const displayNameShape = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine(isOrdinaryLine, "A name is one line of ordinary text");
