/** What the settings need of back-api: how somebody wants to be told. */
import { consumer } from "../../../../tests/pacts/consumer.ts";
import { boolean, eachLike, integer, oneOf } from "../../../../tests/pacts/shapes.ts";
import { readPreferences } from "./preferences.server.ts";

const needs = consumer("front-public", "back-api");
const kind = oneOf("welcome", "invoice", "security", "announcement");

needs("how somebody is told who has chosen nothing", {
  given: "a person",
  ask: "GET /api/notification-preferences",
  answer: {
    status: 200,
    body: {
      kinds: eachLike({ kind, live: boolean(true), mail: oneOf("at_once", "daily", "never") }),
      version: integer(0),
    },
  },
  by: readPreferences,
});
