/** A page of the account or of the device, with its query; anything else a browser may bring leads nowhere. */
export function ownPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/(?:account(?:\/[a-z-]+)*|device)(?:\?[\w=&%.~-]*)?$/.test(text) ? text : undefined;
}
