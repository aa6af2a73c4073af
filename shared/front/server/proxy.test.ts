// @vitest-environment node
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { CLIENT_HEADER, forwardedHeaders } from "./proxy.ts";

function after(trusted: string[], remoteAddress: string, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const request = { headers: { ...headers }, socket: { remoteAddress } } as IncomingMessage;
  forwardedHeaders(trusted)(request);
  return request.headers;
}

test("a trusted proxy may say who the client is", () => {
  const headers = after(["127.0.0.0/8"], "::ffff:127.0.0.1", {
    "x-forwarded-for": "198.51.100.7, 203.0.113.9, 127.0.0.1",
  });
  expect(headers[CLIENT_HEADER]).toBe("203.0.113.9");
});

test("others may not: their headers are dropped", () => {
  const headers = after(["10.0.0.0/8"], "203.0.113.9", { "x-forwarded-for": "10.1.1.1", "x-forwarded-host": "evil" });
  expect(headers).toEqual({ [CLIENT_HEADER]: "203.0.113.9" });
});

test("a client cannot name itself", () => {
  expect(after([], "203.0.113.9", { [CLIENT_HEADER]: "10.0.0.1" })[CLIENT_HEADER]).toBe("203.0.113.9");
});

test("a malformed setting stops the start", () => {
  expect(() => forwardedHeaders(["everybody"])).toThrow('"everybody"');
});

test("the gateway's host keeps its port", () => {
  const headers = after(["127.0.0.0/8"], "127.0.0.1", { host: "localhost:8000", "x-forwarded-host": "localhost" });
  expect(headers["x-forwarded-host"]).toBeUndefined();
  const moved = after(["127.0.0.0/8"], "127.0.0.1", { host: "inner:4101", "x-forwarded-host": "dashboard.example" });
  expect(moved["x-forwarded-host"]).toBe("dashboard.example");
});

test("a chain of trusted proxies alone names the first of them; no address at all is the peer's own", () => {
  const chain = { "x-forwarded-for": "127.0.0.2, , 127.0.0.3" };
  expect(after(["127.0.0.0/8"], "127.0.0.1", chain)[CLIENT_HEADER]).toBe("127.0.0.2");
  expect(after(["127.0.0.0/8"], "127.0.0.1", {})[CLIENT_HEADER]).toBe("127.0.0.1");
  expect(after(["127.0.0.0/8"], "127.0.0.1", { "x-forwarded-for": "unknown" })[CLIENT_HEADER]).toBe("127.0.0.1");
});

test("a single address is trusted, its neighbour is not; so it is with IPv6", () => {
  const chain = { "x-forwarded-for": "203.0.113.9" };
  expect(after(["10.0.0.1"], "10.0.0.1", chain)[CLIENT_HEADER]).toBe("203.0.113.9");
  expect(after(["10.0.0.1"], "10.0.0.2", chain)[CLIENT_HEADER]).toBe("10.0.0.2");
  expect(after(["fd00::/8"], "fd12::1", chain)[CLIENT_HEADER]).toBe("203.0.113.9");
  expect(after(["fd00::1"], "fd00::2", chain)[CLIENT_HEADER]).toBe("fd00::2");
  expect(after(["fd00::1"], "fd00::1", { "x-forwarded-for": "2001:db8::7, fd00::1" })[CLIENT_HEADER]).toBe(
    "2001:db8::7",
  );
});

test("a trusted proxy's headers stay; a peer without an address is nobody", () => {
  const chain = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", forwarded: "for=x" };
  expect(after(["127.0.0.1"], "127.0.0.1", chain)).toEqual({ ...chain, [CLIENT_HEADER]: "203.0.113.9" });
  expect(after(["127.0.0.1"], undefined as unknown as string, chain)).toEqual({ [CLIENT_HEADER]: "" });
});

test("without a host a forwarded one stays, also an empty one", () => {
  const headers = after(["127.0.0.1"], "127.0.0.1", { "x-forwarded-host": "" });
  expect(headers["x-forwarded-host"]).toBe("");
});
