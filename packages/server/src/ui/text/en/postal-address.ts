/** Where somebody can be written to. */
export const postalAddress = {
  title: "Postal address",
  where: "Where you can be written to",
  lede: "For apps that you allow to see it, and for nobody else. Leave out what you like; they see the new one from their next call on.",
  parts: {
    street_address: "Street, house, flat",
    postal_code: "Postal code",
    locality: "Town",
    region: "State or region",
    country: "Country",
  },
  errors: {
    line: "Write one line of at most 200 characters.",
    lines: "Write at most 400 characters of ordinary text.",
  },
  save: "Save",
  leave: "Leave it",
  saved: "Your postal address is saved.",
  removed: "No postal address is stored.",
  removeTitle: "Remove the address",
  removeLede: "Apps see none from their next call on. What they noted down themselves stays with them.",
  remove: "Remove the postal address",
  change: "Change it",
  add: "Add a postal address",
};
