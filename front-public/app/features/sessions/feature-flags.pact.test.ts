/** What the settings need of back-api, to know whether the part about sessions is switched on. */
import { readStates } from "@dashboard/front/features/feature-registry.server.ts";
import { consumer } from "../../../../tests/pacts/consumer.ts";
import { boolean, eachLike, text } from "../../../../tests/pacts/shapes.ts";

const needs = consumer("front-public", "back-api");

needs("what is switched on for a caller", {
  given: "a person",
  ask: "GET /api/feature-flags",
  answer: { status: 200, body: { items: eachLike({ name: text("sessions"), enabled: boolean(true) }) } },
  by: (session) => readStates(session),
});
