/** What the settings need of back-api: how somebody wants to be notified. */
import type { KindPreference } from "@dashboard/front/api/types.ts";
import { consumer } from "../../../../tests/pacts/consumer.ts";
import { boolean, eachLike, integer, kind, oneOf } from "../../../../tests/pacts/shapes.ts";
import { readPreferences, writePreferences } from "./notification-preferences.server.ts";

const needs = consumer("front-public", "back-api");

const preferences = {
  kinds: eachLike({ kind, live: boolean(true), mail: oneOf("at_once", "daily", "never") }),
  version: integer(0),
};
const quiet_hours = { from: "22:00", to: "07:00" };
const kinds: KindPreference[] = [
  { kind: "welcome", live: true, mail: "at_once" },
  { kind: "invoice", live: false, mail: "daily" },
  { kind: "security", live: true, mail: "at_once" },
  { kind: "announcement", live: true, mail: "never" },
];

needs("the preferences of somebody who has chosen nothing", {
  given: "a person",
  ask: "GET /api/notification-preferences",
  answer: { status: 200, body: preferences },
  by: readPreferences,
});

needs("choosing how to be notified", {
  given: "a person",
  ask: "PUT /api/notification-preferences",
  headers: { "If-Match": '"0"' },
  json: { kinds: kinds.map((choice) => ({ ...choice })), quiet_hours },
  answer: { status: 200, body: preferences },
  by: (session) => writePreferences(session, { kinds, quiet_hours }, "0"),
});
