import { expect, test } from "vitest";
import { acceptCorrelationId } from "./correlation.ts";

test("a well-formed id is kept", () => expect(acceptCorrelationId("request-1.a_B")).toBe("request-1.a_B"));

test.each([undefined, null, "", "short", "-starts-with-dash", "with space in it", "x".repeat(65), ["two", "ids"]])(
  "%s is replaced",
  (candidate) => expect(acceptCorrelationId(candidate)).toMatch(/^[0-9a-f-]{36}$/),
);
