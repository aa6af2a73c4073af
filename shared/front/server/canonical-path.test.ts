// @vitest-environment node
import { expect, test } from "vitest";
import { canonicalTarget } from "./canonical-path.ts";

test.each([
  "/",
  "/login",
  "/login?next=%2Fapp",
  "/login?next=//evil.example",
  "/login.data",
  "/_.data",
  "/app/profile",
  "/traces/Correlation-1.x_y~",
  "/users?q=a%20b#",
  "/a%2Fb",
])("%s is kept", (target) => expect(canonicalTarget(target)).toBe(target.replace("#", "")));

test.each([
  ["/login/", "/login"],
  ["/login///", "/login"],
  ["//login", "/login"],
  ["///login?x=1", "/login?x=1"],
  ["/./login", "/login"],
  ["/app/../login", "/login"],
  ["/%2e%2e/login", "/login"],
  ["/%6Cogin", "/login"],
  ["/lo%67in/", "/login"],
  ["/\\login", "/login"],
  ["/login\\", "/login"],
  ["/login/_.data", "/login.data"],
  ["/login/.data", "/login.data"],
  ["/login/%5f.data", "/login.data"],
  ["/login%2edata", "/login.data"],
  ["//evil.example/login", "/evil.example/login"],
  ["/.//evil.example", "/evil.example"],
  ["/\\evil.example", "/evil.example"],
  ["/a%2fb", "/a%2Fb"],
])("%s is %s", (target, canonical) => {
  expect(canonicalTarget(target)).toBe(canonical);
  expect(canonicalTarget(canonical)).toBe(canonical);
});

test.each(["", "login", "http://evil.example/login", "*", "\\\\evil.example"])("%s is no path", (target) =>
  expect(canonicalTarget(target)).toBeNull(),
);
