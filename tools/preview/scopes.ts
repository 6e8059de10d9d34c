import { frame } from "./frame.ts";

type Name = keyof typeof frame.text.scopes;

const facts = {
  platform: frame.brand.name,
  displayName: "Maya Fennick",
  email: "maya@fennick.example",
  phone: "+44 20 7946 0958",
  address: null,
};

const sentence = (name: Name) => frame.text.scopes[name].sentence(frame.brand.name);

/** What a permission is called where it was given. */
export const titled = (name: Name) => ({ name, title: sentence(name), spends: name === "gateway:access" });

/** A permission as the consent page asks for it. */
export const asked = (scope: Name, optional = false) => ({
  ...{ scope, optional },
  title: sentence(scope),
  detail: frame.text.scopes[scope].detail(facts),
});
