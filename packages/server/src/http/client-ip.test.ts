import { describe, expect, it } from "vitest";
import { clientAddress, networkOf } from "./client-ip.ts";

function address(forwarded: string | undefined, proxies: number): string {
  const headers: Record<string, string> = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return clientAddress(new Request("https://acme.example/", { headers }), "10.0.0.1", proxies);
}

describe("the client's address", () => {
  it("is the peer's as long as no proxy is trusted", () => {
    expect(address("203.0.113.7", 0)).toBe("10.0.0.1");
  });

  it("is what the outermost trusted proxy saw, whatever the client wrote before", () => {
    expect(address("203.0.113.7", 1)).toBe("203.0.113.7");
    expect(address("6.6.6.6, 203.0.113.7", 1)).toBe("203.0.113.7");
    expect(address("6.6.6.6,203.0.113.7 , 192.0.2.1", 2)).toBe("203.0.113.7");
    expect(address("6.6.6.6, 2001:db8::1", 1)).toBe("2001:db8::1");
  });

  it("is the peer's when the header is missing, too short or broken", () => {
    for (const header of [undefined, "", "unknown", "203.0.113.7, x", "203.0.113.7,", "<script>"]) {
      expect(address(header, 1), header).toBe("10.0.0.1");
    }
    expect(address("203.0.113.7", 2)).toBe("10.0.0.1");
  });
});

it("counts IPv6 by its /64 and mapped IPv4 as IPv4", () => {
  expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
  expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(networkOf("2001:db8:1:2::1")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe(networkOf("2001:0db8:0001:0002::"));
  expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
  expect(networkOf("unix socket")).toBe("unix socket");
});
