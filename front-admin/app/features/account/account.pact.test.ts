/** What the account needs of back-api. */
import { expect } from "vitest";
import { consumer } from "../../../../tests/pacts/consumer.ts";
import { text } from "../../../../tests/pacts/shapes.ts";
import { readMe } from "./account.server.ts";

const needs = consumer("front-admin", "back-api");

needs("who is logged in", {
  given: "a person",
  ask: "GET /api/me",
  answer: { status: 200, body: { user: { email: text("ann@example.com"), name: text("Ann") } } },
  by: readMe,
  gives: async (result) => expect(await result).toMatchObject({ email: "ann@example.com" }),
});
