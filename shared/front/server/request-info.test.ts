// @vitest-environment node
/** What loaders and actions know about the request at hand. */
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { requestInfo } from "./request-info.ts";

test("a request is known by its headers", () => {
  const headers = {
    "x-correlation-id": "request-1",
    "x-client-address": "203.0.113.9",
    "user-agent": "Test/1.0",
    traceparent: "00-a-b-01",
  };
  expect(requestInfo(new Request("http://front/", { headers }), new RouterContextProvider())).toEqual({
    correlationId: "request-1",
    nonce: expect.stringMatching(/^[A-Za-z0-9+/=]{48}$/),
    clientAddress: "203.0.113.9",
    userAgent: "Test/1.0",
    traceparent: "00-a-b-01",
  });
});

test("what no header says is empty, and the id is made", () => {
  const info = requestInfo(new Request("http://front/"), new RouterContextProvider());
  expect(info).toMatchObject({ clientAddress: "", userAgent: "", traceparent: "" });
  expect(info.correlationId).toMatch(/^[0-9a-f-]{36}$/);
});

test("id and nonce stay the same for a request, and differ between requests", () => {
  const request = new Request("http://front/");
  const context = new RouterContextProvider();
  const first = requestInfo(request, context);
  expect(requestInfo(request, context)).toBe(first);
  expect(requestInfo(request, new RouterContextProvider()).nonce).not.toBe(first.nonce);
});
