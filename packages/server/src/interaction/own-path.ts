/** A page of the account, of the operator or of the device, with its query; anything else a browser may bring leads nowhere. */
export function ownPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/(?:(?:account|operator)(?:\/[a-z-]+)*|device)(?:\?[\w=&%.~-]*)?$/.test(text)
    ? text
    : undefined;
}
