// @vitest-environment node
/** What the pages about users ask. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { listUsers, readUser, whoIsOnline } from "./user-administration.server.ts";

test("users are asked for as their page says", async () => {
  const { session, asked } = asking();
  await listUsers(session, { q: "ada", limit: 5 });
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/users?q=ada&limit=5"]);
});

test("who is online is asked for all users of a page at once, and for nobody not at all", async () => {
  const { session, asked } = asking({ online: ["u1"] }, { problem: 404 }, {});
  const users = [{ id: "u1" }, { id: "u2" }] as Parameters<typeof whoIsOnline>[1];
  expect(await whoIsOnline(session, users)).toEqual(["u1"]);
  expect(asked[0]?.call).toBe("GET /api/presence?user_id=u1&user_id=u2");
  expect(await whoIsOnline(session, users)).toEqual([]);
  expect(await whoIsOnline(session, [])).toEqual([]);
  expect(asked).toHaveLength(2);
});

test("a user is asked for with presence and, where the reader may see it, what they did and what was done to them", async () => {
  const entry = (id: string, at: string) => ({ id, at, action: "profile.updated" });
  const { session, asked } = asking(
    { id: "u1" },
    { online: ["u1"] },
    { items: [entry("a", "2026-11-01"), entry("b", "2026-11-02")], people: { u1: "ada@example.com" } },
    { items: [entry("b", "2026-11-02"), entry("c", "2026-11-03")], people: {} },
  );
  Object.defineProperty(session, "identity", { value: { permissions: ["audit:read"] } });
  const detail = await readUser(session, "u1");
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/users/u1",
    "GET /api/presence?user_id=u1",
    "GET /api/audit?actor=u1&limit=10",
    "GET /api/audit?subject=u1&limit=10",
  ]);
  const history = detail.ok && detail.data.history?.ok ? detail.data.history.data : null;
  expect(history?.entries.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(history?.people).toEqual({ u1: "ada@example.com" });
});
