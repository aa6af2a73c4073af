import { expect, test } from "vitest";
import { loginPath, safeNext } from "./next.ts";

test("a path of ours is kept, with its query", () => {
  expect(safeNext("/app/billing?cursor=x", "/app")).toBe("/app/billing?cursor=x");
});

test.each([
  "//evil.example",
  "https://evil.example/",
  "/\\evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "",
  null,
])("%s leads to the fallback", (candidate) => expect(safeNext(candidate, "/app")).toBe("/app"));

test("the login page is told where to lead back to", () => {
  expect(loginPath(new URL("http://localhost/app/x?y=1"))).toBe("/login?next=%2Fapp%2Fx%3Fy%3D1");
});
