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
