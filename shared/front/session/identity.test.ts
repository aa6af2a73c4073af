import { expect, test } from "vitest";
import { may, readIdentity } from "./identity.ts";

const encode = (claims: object) => {
  const bytes = String.fromCharCode(...new TextEncoder().encode(JSON.stringify(claims)));
  return `h.${btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.s`;
};

test("claims are read, also with letters beyond ASCII", () => {
  const identity = readIdentity(encode({ sub: "ü-1", sid: "s", role: "admin", permissions: ["users:read"], exp: 10 }));
  expect(identity).toEqual({
    userId: "ü-1",
    sessionId: "s",
    role: "admin",
    permissions: ["users:read"],
    expiresAt: 10_000,
  });
  expect(may(identity, "users:read")).toBe(true);
  expect(may(identity, "billing:run")).toBe(false);
});

test.each([undefined, "", "no-jwt", "a.b.c", "a.bnVsbA.c"])("%s is nobody", (token) => {
  expect(readIdentity(token)).toBeNull();
});
