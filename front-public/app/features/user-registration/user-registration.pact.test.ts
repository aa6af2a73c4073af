/** What registering needs of back-api. */
import { expect } from "vitest";
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { text } from "../../../../tests/pacts/shapes.ts";
import { register } from "./user-registration.server.ts";

const needs = consumer("front-public", "back-api");
const registration = { email: "ann@example.com", password: "correct horse battery staple", name: "Ann" };
const weak = { ...registration, password: "password1234" };

needs("registering", {
  given: "nothing",
  ask: "POST /api/user-registration",
  anonymous: true,
  json: { ...registration },
  answer: { status: 202, body: { email: text("ann@example.com") } },
  by: (session) => register(session, registration),
  gives: async (result) => expect(await result).toEqual({ ok: true, data: { email: "ann@example.com" } }),
});

needs("registering with a common password", {
  given: "nothing",
  ask: "POST /api/user-registration",
  anonymous: true,
  json: { ...weak },
  answer: refusal(422, { errors: [{ field: "password", message: text("Too common") }] }),
  by: (session) => register(session, weak),
  gives: async (result) => expect(await result).toMatchObject({ ok: false, problem: { status: 422 } }),
});
