/** What the list of accounts needs of back-api. */
import type { User } from "@dashboard/front/api/types.ts";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { id, like, moment, oneOf, page, text } from "../../../../tests/pacts/shapes.ts";
import { listUsers, readAccount, whoIsOnline } from "./user-administration.server.ts";

const needs = consumer("front-admin", "back-api");
const user = {
  id,
  email: text("ann@example.com"),
  name: text("Ann"),
  role: oneOf("user", "support", "billing-admin", "admin"),
  status: oneOf("active", "suspended"),
  created_at: moment,
};

needs("a page of accounts", {
  given: "an administrator, and two persons",
  ask: "GET /api/users",
  query: { q: "example.com", limit: "1" },
  answer: { status: 200, body: page(user) },
  by: (session) => listUsers(session, { q: "example.com", limit: 1 }),
});

needs("one account", {
  given: "an administrator who looks at a person with an invoice",
  ask: "GET /api/users/{user_id}",
  answer: { status: 200, body: user },
  by: (session) => readAccount(session, exampleOf("user_id")),
});

needs("accounts by role, with their total", {
  given: "an administrator, and two persons",
  ask: "GET /api/users",
  query: { role: "user", sort: "name", limit: "1", count: "true" },
  answer: { status: 200, body: { ...page(user), total: like(2), more: like(false) } },
  by: (session) => listUsers(session, { role: "user", sort: "name", limit: 1, count: "true" }),
});

needs("accounts by a role that there is not", {
  given: "an administrator",
  ask: "GET /api/users",
  query: { role: "root", limit: "1" },
  answer: refusal(422),
  by: (session) => listUsers(session, { role: "root", limit: 1 }),
});

needs("accounts, without the permission", {
  given: "a person",
  ask: "GET /api/users",
  query: { limit: "20" },
  answer: refusal(403),
  by: (session) => listUsers(session, { limit: 20 }),
});

needs("who is online", {
  given: "an administrator",
  ask: "GET /api/presence",
  query: { user_id: "{user_id}" },
  answer: { status: 200, body: { online: like([]) } },
  by: async (session) => ({ online: await whoIsOnline(session, [{ id: exampleOf("user_id") } as User]) }),
});
