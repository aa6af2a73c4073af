// @vitest-environment node
/** What the pages about users ask. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { listUsers, whoIsOnline } from "./user-administration.server.ts";

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
