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
  "/.//evil.example",
  "/app/..//evil.example",
  "/./\\evil.example",
  "/%2e//evil.example",
  "/%2E%2e/\\evil.example",
  "/\t/evil.example",
  "/\n\n//evil.example",
  "\t//evil.example",
  " //evil.example",
  "///evil.example",
  "/..//user:password@evil.example",
  "//here.invalid//evil.example",
  "app",
  `/${"a".repeat(100_000)}`,
  "",
  null,
])("%s leads to the fallback", (candidate) => expect(safeNext(candidate, "/app")).toBe("/app"));

test("however its parts are put together, it stays on our site", () => {
  const parts = [
    "",
    "/",
    "\\",
    ".",
    "..",
    "/./",
    "/..//",
    "\t",
    "\n",
    "%2f",
    "%5c",
    "%2e",
    "@",
    ":",
    "?",
    "#",
    "\uff0f",
    "\u2215",
    "http:",
  ];
  for (const first of parts) {
    for (const second of parts) {
      for (const third of parts) {
        const next = safeNext(`/${first}${second}${third}evil.example/`, "/app");
        expect(next).toMatch(/^\/(?![/\\])/);
        expect(new URL(next, "https://dashboard.example/login").origin, next).toBe("https://dashboard.example");
        expect(safeNext(next, "/app"), "the same again").toBe(next);
      }
    }
  }
});

test("the login page learns where to lead back to", () => {
  expect(loginPath(new URL("http://localhost/app/x?y=1"))).toBe("/login?next=%2Fapp%2Fx%3Fy%3D1");
});
