/** What confirming an address needs of back-auth. */
import { expect } from "vitest";
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { text } from "../../../../tests/pacts/shapes.ts";
import { confirmEmail, requestLink } from "./email-verification.server.ts";

const needs = consumer("front-public", "back-auth");

needs("following a link that is not valid", {
  given: "nothing",
  ask: "POST /api/auth/email/verification/confirm",
  anonymous: true,
  json: { token: "no-such-token" },
  answer: refusal(422, { errors: [{ field: "token", message: text("This link is no longer valid.") }] }),
  by: (session) => confirmEmail(session, "no-such-token"),
  gives: async (result) => expect(await result).toMatchObject({ ok: false, problem: { status: 422 } }),
});

needs("another link", {
  given: "a person who is logged in",
  ask: "POST /api/auth/email/verification",
  answer: { status: 202 },
  by: requestLink,
  gives: async (result) => expect(await result).toMatchObject({ ok: true }),
});
