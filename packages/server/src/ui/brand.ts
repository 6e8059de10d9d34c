/** What the pages know of the operator. Has the shape of the configuration's brand. */
export interface Brand {
  /** The platform's name. */
  name: string;
  /** The address from which a page loads the logo. Without one, the first letter is shown. */
  logoUrl?: string;
  /** One colour, `#rrggbb`. */
  accent: string;
  links: { privacy?: string; terms?: string; help?: string };
}
