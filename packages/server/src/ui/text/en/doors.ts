import { type Content, html } from "../../markup.ts";
import { waitText } from "../../time-text.ts";

/** The ways in and out: sign in, sign up, sign out. */
export const signIn = {
  title: "Sign in",
  goOn: (app: Content) => html`to go on to ${app}`,
  login: "Username or e-mail",
  password: "Password",
  submit: "Sign in",
  newHere: (platform: string) => `New to ${platform}?`,
  createAccount: "Create an account",
  madeElsewhere: (app: string, host: Content) =>
    html`${app} is made by somebody else, at ${host}. It never sees your password.`,
  policies: (privacy: Content, terms: Content) => html`Its ${privacy} and ${terms}.`,
  policy: (link: Content) => html`Its ${link}.`,
  privacy: "privacy policy",
  terms: "terms",
  wrong: "That name and password do not belong together. Try again.",
  wrongField: "Not right. The name above is kept.",
  wait: (milliseconds: number) =>
    html`Too many attempts. Wait <strong>${waitText(milliseconds)}</strong>, then try again.`,
  expired: "This page waited too long and was closed for your safety. Nothing was sent. Try again.",
};

export const signUp = {
  title: "Create an account",
  lede: (platform: string) =>
    `One account for ${platform} and every app that signs you in with it. It costs nothing until you use a model.`,
  name: "Name",
  nameHelp: "Shown to apps that you allow to see it.",
  username: "Username",
  usernameHelp: "You sign in with it.",
  email: "E-mail",
  emailHelp: "An app sees it only if you allow that.",
  password: "Password",
  passwordHelp: "12 characters or more. A short sentence is fine; so is your password manager.",
  acceptBoth: (terms: Content, privacy: Content) => html`I accept the ${terms} and the ${privacy}.`,
  acceptTerms: (terms: Content) => html`I accept the ${terms}.`,
  terms: "terms",
  privacy: "privacy policy",
  submit: "Create account",
  haveAccount: "Have an account?",
  signIn: "Sign in",
  expired: signIn.expired,
  wait: signIn.wait,
  errors: {
    name: { missing: "Write the name apps may see.", form: "Use 64 characters at most, on one line." },
    username: {
      missing: "Choose a username.",
      form: "Use 3 to 32 letters, digits, dots, dashes and underscores, with a letter or digit at both ends.",
      taken: "Somebody else has this username. Choose another.",
      reserved: "This username is kept for the people who run this platform. Choose another.",
    },
    email: { missing: "Write your e-mail address.", form: "Write an address such as maya@fennick.example." },
    password: {
      missing: "Choose a password.",
      short: "Use 12 characters or more.",
      long: "Use 256 characters at most.",
      common: "This password is in every list of guesses. Choose another; a short sentence is fine.",
    },
    terms: { missing: "Tick the box to go on." },
  },
};

export const signOut = {
  title: (platform: string) => `Sign out of ${platform}?`,
  lede: (person: Content) =>
    html`You are signed in as ${person}. Apps you allowed keep what you allowed; to stop one, revoke it.`,
  stay: "Stay",
  submit: "Sign out",
  doneTitle: "You are signed out",
  donePage: "Signed out",
  doneLede: "Your key is back on its hook.",
  shared: "On a shared computer, close this window too.",
  again: "Sign in again",
  apps: "Apps you allowed keep their key and their cap. To stop one, sign in and revoke it.",
};
