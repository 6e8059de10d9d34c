import ipaddr from "ipaddr.js";

/** What ranges do not tell: the host of a cloud answers its machines here, with secrets, on an address that looks public. */
const metadataHosts = ["168.63.129.16"];

const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Whether a stranger may have us call this address: the public internet and nothing else. Addresses that carry another
 * one inside (mapped, NAT64, 6to4, Teredo) are refused whatever they carry.
 */
export function isPublicAddress(text: string): boolean {
  // Anything but the plain four numbers is a spelling that different parsers read differently.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return ipaddr.IPv4.parse(text).range() === "unicast" && !metadataHosts.includes(text);
  }
  if (!ipaddr.IPv6.isValid(text) || text.includes("%")) return false;
  const address = ipaddr.IPv6.parse(text);
  return address.range() === "unicast" && address.match(globalUnicast);
}
