import { describe, expect, it } from "vitest";
import { readSender, readSmtpUrl } from "./transport.ts";

describe("the address of a mail server", () => {
  it.each([
    ["smtp://mail.acme.example", { port: 587, secure: false, requireTLS: true, opportunisticTLS: false }],
    ["smtps://mail.acme.example", { port: 465, secure: true, requireTLS: false }],
    ["smtp://mail.acme.example:2525?tls=optional", { port: 2525, requireTLS: false, opportunisticTLS: true }],
    ["smtp://localhost:1025", { host: "localhost", port: 1025, requireTLS: false, opportunisticTLS: true }],
    ["smtp://[::1]:1025", { host: "::1", requireTLS: false }],
    ["smtp://localhost:1025?tls=required", { requireTLS: true, opportunisticTLS: false }],
    ["smtp://maya%40acme:p%3Aw@mail.acme.example", { auth: { user: "maya@acme", pass: "p:w" } }],
  ])("%s", (url, options) => {
    expect(readSmtpUrl(url)).toMatchObject(options);
  });
});

describe("the sender", () => {
  it.each([
    ["Acme, Inc. <no-reply@acme.example>", { name: "Acme, Inc.", address: "no-reply@acme.example" }],
    ['"Acme" <no-reply@acme.example>', { name: "Acme", address: "no-reply@acme.example" }],
    ["no-reply@acme.example", { name: "", address: "no-reply@acme.example" }],
  ])("%s", (from, sender) => {
    expect(readSender(from)).toEqual(sender);
  });
});
