import { brandRules } from "../theme.ts";
import { accountRules } from "./account.ts";
import { billRules } from "./bill.ts";
import { formRules } from "./form.ts";
import { groundRules } from "./ground.ts";
import { mediaRules } from "./media.ts";
import { registryRules } from "./registry.ts";
import { slipRules } from "./slip.ts";
import { dark, light, tokenRules } from "./tokens.ts";

const rules = [groundRules, slipRules, formRules, billRules, accountRules, registryRules, mediaRules].join("");

/** The one sheet of every page, in the operator's colour. Loads nothing else. */
export function styleSheet(accent: string): string {
  return [tokenRules(light, dark), brandRules(accent), rules].join("\n");
}
