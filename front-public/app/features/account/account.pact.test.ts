/** What the account needs of back-api. */
import { expect } from "vitest";
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { text } from "../../../../tests/pacts/shapes.ts";
import { readMe } from "./account.server.ts";

const needs = consumer("front-public", "back-api");

needs("who is logged in", {
  given: "a person",
  ask: "GET /api/me",
  answer: { status: 200, body: { user: { email: text("ann@example.com"), name: text("Ann") } } },
  by: readMe,
  gives: async (result) => expect(await result).toMatchObject({ email: "ann@example.com" }),
});

needs("who was logged in", {
  given: "a person whose login has expired",
  ask: "GET /api/me",
  answer: refusal(401),
  by: readMe,
  gives: async (result) => {
    const answer: Response = await result.then(
      () => expect.fail("still logged in"),
      (thrown) => thrown,
    );
    expect(answer.headers.get("location")).toMatch("/login?next=");
  },
});
