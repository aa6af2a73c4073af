import type { Identity } from "@dashboard/front/session/identity.ts";
import { expect, test } from "vitest";
import { isAdministrator } from "./administrators.ts";

const somebody = (changes: Partial<Identity>) => ({ role: "user", permissions: [], ...changes }) as unknown as Identity;

test("administrators and holders of a permission that a page needs may enter", () => {
  expect(isAdministrator(somebody({ role: "admin" }))).toBe(true);
  expect(isAdministrator(somebody({ role: "support", permissions: ["users:read"] }))).toBe(true);
});

test("nobody else may", () => {
  expect(isAdministrator(null)).toBe(false);
  expect(isAdministrator(somebody({}))).toBe(false);
  expect(isAdministrator(somebody({ permissions: ["nothing:write"] }))).toBe(false);
});
