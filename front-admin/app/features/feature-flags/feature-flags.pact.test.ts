/** What the feature flags need of back-api. */
import { readStates } from "@dashboard/front/features/feature-registry.server.ts";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { boolean, day, eachLike, id, integer, moment, text } from "../../../../tests/pacts/shapes.ts";
import type { FlagDraft } from "./draft.ts";
import { changeFlag, readFlag, readHistory, readReport } from "./feature-flags.server.ts";

const needs = consumer("front-admin", "back-api");
const given = "an administrator, and a changed feature flag";
const flag = {
  name: text("sessions"),
  version: integer(3),
  enabled: boolean(true),
  percentage: integer(100),
  rules: [],
  owner: text("team-tools"),
  expires_on: day,
  reason: text("Tried."),
  changed_by: id,
  changed_at: moment,
};
const draft: FlagDraft = {
  enabled: true,
  percentage: 100,
  rules: [],
  owner: "team-tools",
  expires_on: "2099-12-31",
  reason: "Tried.",
};

needs("what is switched on for a caller", {
  given: "an administrator",
  ask: "GET /api/feature-flags",
  answer: { status: 200, body: { items: eachLike({ name: text("sessions"), enabled: boolean(true) }) } },
  by: (session) => readStates(session),
});

needs("all feature flags", {
  given,
  ask: "GET /api/feature-flag-report",
  answer: { status: 200, body: { items: eachLike({ name: text("sessions"), feature: text("sessions") }) } },
  by: (session) => readReport(session),
});

needs("all feature flags, without the permission", {
  given: "a person",
  ask: "GET /api/feature-flag-report",
  answer: refusal(403),
  by: (session) => readReport(session),
});

needs("a feature flag", {
  given,
  ask: "GET /api/feature-flags/sessions",
  answer: { status: 200, body: flag },
  by: (session) => readFlag(session, "sessions"),
});

needs("a feature flag that no contract declares", {
  given,
  ask: "GET /api/feature-flags/nonsense",
  answer: refusal(404),
  by: (session) => readFlag(session, "nonsense"),
});

needs("who changed a feature flag", {
  given,
  ask: "GET /api/feature-flags/sessions/history",
  query: { limit: "10" },
  answer: { status: 200, body: { items: eachLike(flag) } },
  by: (session) => readHistory(session, "sessions", { limit: 10, cursor: null }),
});

needs("a change of a feature flag", {
  given,
  ask: "PUT /api/feature-flags/sessions",
  headers: { "if-match": '"{version}"' },
  json: { ...draft },
  answer: { status: 200, body: flag },
  by: (session) => changeFlag(session, "sessions", draft, exampleOf("version")),
});

needs("a share of more than everybody", {
  given,
  ask: "PUT /api/feature-flags/sessions",
  headers: { "if-match": '"{version}"' },
  json: { ...draft, percentage: 101 },
  answer: refusal(422),
  by: (session) => changeFlag(session, "sessions", { ...draft, percentage: 101 }, exampleOf("version")),
});
