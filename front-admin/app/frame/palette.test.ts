// @vitest-environment node
/** What staff find beside pages and actions. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { palette as traces } from "../features/traces/palette.server.ts";
import { palette as people } from "../features/user-administration/palette.server.ts";
import { providers } from "./providers.server.ts";

afterEach(() => vi.unstubAllGlobals());

const AT = "2026-11-23T10:00:00Z";
const trace = (correlation_id: string, name: string) => ({ correlation_id, name, started_at: AT, duration_ms: 12 });

test("a provider is found by the name of its file", () => {
  expect(
    Object.values(providers)
      .map(({ title }) => title)
      .sort(),
  ).toEqual(["People", "Traces"]);
});

test("people are found by name or address, by name where they have one", async () => {
  const items = [
    { name: "Ada", email: "ada+1@example.com" },
    { name: null, email: "bob@example.com" },
  ];
  const { session, asked } = asking({ items, next_cursor: null });
  expect(await people.find(session, "a b")).toEqual([
    { to: "/users?q=ada%2B1%40example.com", label: "Ada", detail: "ada+1@example.com" },
    { to: "/users?q=bob%40example.com", label: "bob@example.com", detail: undefined },
  ]);
  expect(asked[0]?.call).toBe("GET /api/users?q=a+b&limit=6");
});

test("a request is found by its correlation id, and the newest by their name", async () => {
  const { session, asked } = asking(
    { correlation_id: "request-1", spans: [{ name: "GET /api/me" }], logs: [] },
    { items: [trace("request-1", "request-1"), trace("other-1", "POST request-1"), trace("other-2", "GET /x")] },
  );
  expect(await traces.find(session, "request-1")).toEqual([
    { to: "/traces/request-1", label: "request-1", detail: "GET /api/me" },
    { to: "/traces/other-1", label: "POST request-1", detail: "Nov 23, 10:00:00, 12.0 ms" },
  ]);
  expect(asked).toHaveLength(2);
});

test("words are no correlation id, and an id that nobody knows finds nothing", async () => {
  const words = asking({ items: [trace("other-1", "POST /api/billing")] });
  expect(await traces.find(words.session, "post /api")).toHaveLength(1);
  expect(words.asked).toHaveLength(1);
  const unknown = asking({ problem: 404 }, { items: [] });
  expect(await traces.find(unknown.session, "request-2")).toEqual([]);
});
