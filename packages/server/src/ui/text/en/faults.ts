/** Pages where the way ends. Fixed words: nothing of the request is repeated. */
const goBack = "Go back to the app and try again. If it happens twice, tell the people who make it.";
const nothingHappened = "Nothing was shared and nothing was spent.";

export const fatal = {
  title: "We stopped here",
  developers: "For developers",
  error: "Error",
  reason: "Reason",
  message: "Message",
  reference: "Reference",
  reasons: {
    redirect_uri_not_registered: {
      lede: `The app sent you with a return address that is not on its list, so we do not know where the answer would end up. ${nothingHappened}`,
      next: goBack,
      developers: "Redirect addresses are compared letter by letter. Register the exact address with the app.",
    },
    redirect_uri_missing: {
      lede: `The app did not say where the answer should go. ${nothingHappened}`,
      next: goBack,
      developers: "Send redirect_uri with the authorization request.",
    },
    client_not_found: {
      lede: `We do not know the app that sent you. It may have been removed. ${nothingHappened}`,
      next: goBack,
      developers: "Check client_id. It begins with cid_ and is shown when the app is registered.",
    },
    request_invalid: {
      lede: `We cannot read the request that brought you here. ${nothingHappened}`,
      next: goBack,
      developers: "Parameters of an authorization request may appear once each, as a query or as a form.",
    },
    request_expired: {
      lede: "This page waited too long and was closed for your safety.",
      next: "Go back to the app and start again.",
      developers: "An authorization request stays open for one hour.",
    },
    request_of_another_browser: {
      lede: `This sign-in was started in another browser, or cookies are switched off. ${nothingHappened}`,
      next: "Go back to the app in this browser and start again.",
      developers: "The request is bound to the browser that opened it, by a cookie.",
    },
    hotkey_nonce: {
      lede: "What your program signed waited too long, was used already, or is not ours. Nobody was signed in.",
      next: "Start again from your program.",
      developers: "A nonce of /idp/cli_login/nonce works for five minutes and once, with the text it came with.",
    },
    hotkey_signature: {
      lede: "The signature is not one of this text by this hotkey. Nobody was signed in.",
      next: "Start again from your program, with the right key.",
      developers: "Sign the text of /idp/cli_login/nonce, whole and unchanged, and send the signature in hexadecimal.",
    },
    hotkey_unknown: {
      lede: "No account has this hotkey. Nobody was signed in.",
      next: "Sign in with your password, link the hotkey under Security, and start again.",
      developers: "A hotkey signs in once its owner has linked it. Disabled accounts have none.",
    },
    too_many_attempts: {
      lede: `Too many attempts in a short time. ${nothingHappened}`,
      next: "Wait a few minutes, then try again.",
      developers: "The header Retry-After says in how many seconds.",
    },
    too_large: {
      lede: "What was sent is larger than this page takes. None of it was kept.",
      next: "Go back, make it shorter or smaller, and send it again.",
      developers: "Forms may have 64 KiB, and a picture what its form says.",
    },
    page_unknown: {
      lede: "This address cannot be used in this way. Nothing was done.",
      next: "Go back and load the page again.",
      developers: "The header Allow says which methods it takes.",
    },
    form_unreadable: {
      lede: "The form that reached us is not in a form that we can read. Nothing was done.",
      next: "Go back, load the page again and repeat it.",
      developers: "Send forms as application/x-www-form-urlencoded.",
    },
    app_blocked: {
      lede: "An operator of this platform has stopped this app. Nothing was changed.",
      next: "Only an operator starts it again. Ask whoever runs this platform why it was stopped.",
      developers: "The app's tokens are dead, and nobody can sign in to it meanwhile.",
    },
    app_role: {
      lede: "Your role in this app does not allow this. Nothing was changed.",
      next: "Ask the app’s owner to do it, or to give you a role that may.",
      developers: "Viewers change nothing. Only the owner shares and deletes.",
    },
    device_of_another_session: {
      lede: `This code was opened in another browser first, and only there can it be answered. ${nothingHappened}`,
      next: "Go on in that browser, or start again on your device and enter the new code here.",
      developers: "A user code belongs to the session that entered it first.",
    },
    form_invalid: {
      lede: `The form that reached us is not one of ours, or is too old. ${nothingHappened}`,
      next: "Go back, load the page again and repeat it.",
      developers: "The form token is missing, expired or belongs to another session.",
    },
  },
};

export const failure = {
  title: "Something broke on our side",
  lede: "It is not your doing. What you asked for was not done.",
  next: "Try again in a minute. If it happens twice, tell the operator the reference below.",
  busyTitle: "We are too busy",
  busyLede: "What you asked for was not done. Nothing is lost.",
  busyNext: "Wait a moment, then load this page again.",
  reference: "Reference",
};

export const notFound = {
  title: "There is nothing here",
  lede: "The address is wrong, or what was here has gone.",
  home: "Go to your account",
};
