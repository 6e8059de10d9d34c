/** What is wrong with a new password, in the words of the pages. */
export const passwordErrors = {
  too_short: "short",
  too_long: "long",
  too_common: "common",
  too_personal: "common",
} as const;
