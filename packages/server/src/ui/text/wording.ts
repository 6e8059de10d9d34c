import type { Language } from "../language.ts";

/** The same keys and parameters in any words: what every language must have of `T`. */
export type Wording<T> = T extends (...values: infer Values) => infer Said
  ? (...values: Values) => Said extends string ? string : Said
  : T extends Language | "ltr" | "rtl"
    ? T
    : T extends string
      ? string
      : T extends object
        ? { [Key in keyof T]: Wording<T[Key]> }
        : T;
