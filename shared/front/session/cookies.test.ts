// @vitest-environment node
import { expect, test } from "vitest";
import { readCookies, setCookie } from "./cookies.ts";

test("with TLS a cookie is Secure, and its name says that no other host has set it", () => {
  const cookie = setCookie("dashboard_access", "a.b.c", 900, { secure: true });
  expect(cookie).toBe("__Host-dashboard_access=a.b.c; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure");
  expect(setCookie("dashboard_access", "a.b.c", 900, { secure: false })).not.toMatch(/Secure|__Host-/);
});

test("with TLS only cookies with that prefix count", () => {
  const header = "dashboard_access=planted; __Host-dashboard_access=own; x; =y";
  expect([...readCookies(header, true)]).toEqual([["dashboard_access", "own"]]);
  expect(readCookies(header, false).get("dashboard_access")).toBe("planted");
  expect([...readCookies(null, true)]).toEqual([]);
});
