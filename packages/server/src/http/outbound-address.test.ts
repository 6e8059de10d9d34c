import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./outbound-address.ts";

describe("an address that a stranger may have us call", () => {
  it.each(["8.8.8.8", "1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])(
    "is %s, of the public internet",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ["unspecified", "0.0.0.0", "0.1.2.3", "::"],
    ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
    ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
    ["link-local", "169.254.0.1", "fe80::1", "fe80::1%eth0"],
    ["the metadata of a cloud", "169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"],
    ["shared", "100.64.0.1", "100.127.255.255"],
    ["multicast or broadcast", "224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"],
    ["reserved", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "2001:db8::1"],
    ["of no use yet", "3fff::1", "4000::1", "fec0::1", "5f00::1", "100::1"],
    ["carrying another one", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"],
    ["going through a tunnel", "2002:7f00:1::", "2002:808:808::1", "2001:0:53aa:64c::1", "192.88.99.1"],
    ["spelled so that parsers differ", "127.1", "0177.0.0.1", "0x7f000001", "2130706433", "8.8.8.8.", "08.8.8.8", ""],
  ])("[L01] is none that is %s", (_kind, ...addresses) => {
    for (const address of addresses) expect(isPublicAddress(address), address).toBe(false);
  });
});
