import { type Content, html } from "../../markup.ts";

/** By what people recognise an app. */
export const appTrust = {
  domain: "Verified domain",
  domainLede:
    "Prove that the domain is yours, and people see it with a seal on the consent page instead of a warning. Homepage and redirect addresses must lie within it.",
  domainField: "Domain",
  domainHelp: "Such as fieldnotes.example. What lies below it counts too.",
  begin: "Prove this domain",
  another: "Prove another domain instead",
  publish: (domain: Content) =>
    html`Publish one of these at ${domain}; either is enough. It is no secret, and it stays there.`,
  record: "A text record (TXT): its name, then its value",
  file: "Or a file: its address, then what stands in it",
  look: "Look now",
  giveUp: "Never mind",
  kept: "We look again every week. The seal goes when the proof is gone for long, or when the app moves to another domain.",
  drop: "Give up the seal",
  notProven: "No domain is proven.",
  logo: "Logo",
  logoLede:
    "A square one. We draw it anew and serve it ourselves, so that no page of ours loads anything from elsewhere.",
  hasLogo: "People see it on the consent page and in the directory.",
  noLogo: "Without a logo people see the first letter.",
  picture: "Picture",
  pictureHelp: "PNG, JPEG or WebP, 1 MiB at most.",
  upload: "Use this picture",
  address: "Or fetch it from an address",
  addressHelp: "https, on the public internet. We fetch it once.",
  fetch: "Fetch it",
  remove: "Remove the logo",
  faults: {
    domain: "Write the name of a domain, such as fieldnotes.example.",
    elsewhere: "The homepage and every redirect address must lie within the domain. Change them or the domain.",
    no_proof: "Neither the record nor the file is there yet. A new record can take an hour to be seen.",
    picture: "Choose a PNG, JPEG or WebP picture of 1 MiB at most.",
    address: "We could not fetch it. Write an https address on the public internet that leads straight to the picture.",
    address_picture: "What lies there is no PNG, JPEG or WebP picture of 1 MiB at most.",
  },
  done: {
    verified: "The domain is proven. People see it with a seal.",
    dropped: "The domain is given up.",
    logo: "Saved. Whoever allowed the app before is asked again, because it looks different.",
    removed: "The logo is gone.",
  },
};
