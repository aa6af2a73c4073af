/** What the profile page needs of back-api. */
import { expect } from "vitest";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { id, integer, oneOf, text } from "../../../../tests/pacts/shapes.ts";
import { NEW_PROFILE } from "./fields.ts";
import * as profiles from "./profile.server.ts";

const needs = consumer("front-public", "back-api");
const AVATAR = exampleOf("avatar_id");
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYGAAAAAEAAHI6uv5AAAAAElFTkSuQmCC";
const picture = { type: "image/png", content: Uint8Array.from(atob(PNG), (character) => character.charCodeAt(0)) };
const document = { type: "application/pdf", content: new TextEncoder().encode("%PDF-1.7\n") };
const blob = ({ type, content } = picture) => new Blob([content], { type });
const fields = { ...NEW_PROFILE, name: "Ann", display_name: "A.", bio: "Hi", theme: "system" } as const;
const json = { ...fields };
const profile = {
  user_id: id,
  name: text("Ann"),
  display_name: text("A."),
  bio: text("Hi"),
  time_zone: text("UTC"),
  locale: text("en"),
  theme: oneOf("system", "light", "dark"),
  version: integer(1),
};
const one = { "If-Match": '"1"' };
const stored = refusal(412, { current: profile });

needs("the own profile", {
  given: "a person with a profile",
  ask: "GET /api/profile",
  answer: { status: 200, body: profile },
  by: profiles.readProfile,
});

needs("a profile that is not there yet", {
  given: "a person",
  ask: "GET /api/profile",
  answer: refusal(404),
  by: profiles.readProfile,
  gives: async (result) => expect(await result).toBeNull(),
});

needs("creating the profile", {
  given: "a person",
  ask: "POST /api/profile",
  json,
  answer: { status: 201, body: profile },
  by: (session) => profiles.createProfile(session, fields),
});

needs("creating a second profile", {
  given: "a person with a profile",
  ask: "POST /api/profile",
  json,
  answer: refusal(409),
  by: (session) => profiles.createProfile(session, fields),
});

needs("creating a profile with an empty name", {
  given: "a person",
  ask: "POST /api/profile",
  json: { ...json, name: "" },
  answer: refusal(422, { errors: [{ field: "name", message: text("Too short") }] }),
  by: (session) => profiles.createProfile(session, { ...fields, name: "" }),
});

needs("changing the profile", {
  given: "a person with a profile",
  ask: "PATCH /api/profile",
  headers: one,
  json: { bio: "New" },
  answer: { status: 200, body: profile },
  by: (session) => profiles.changeProfile(session, { bio: "New" }, "1"),
});

needs("changing a profile that somebody else changed meanwhile", {
  given: "a person with a profile that changed meanwhile",
  ask: "PATCH /api/profile",
  headers: one,
  json: { bio: "New" },
  answer: stored,
  by: (session) => profiles.changeProfile(session, { bio: "New" }, "1"),
  gives: (result) => expect(result).rejects.toMatchObject({ problem: { status: 412, current: { name: "Ann" } } }),
});

needs("deleting the profile", {
  given: "a person with a profile",
  ask: "DELETE /api/profile",
  headers: one,
  answer: { status: 204 },
  by: (session) => profiles.deleteProfile(session, "1"),
});

needs("deleting a profile that changed meanwhile", {
  given: "a person with a profile that changed meanwhile",
  ask: "DELETE /api/profile",
  headers: one,
  answer: refusal(412),
  by: (session) => profiles.deleteProfile(session, "1"),
});

needs("a new picture", {
  given: "a person with a profile",
  ask: "PUT /api/profile/avatar",
  headers: one,
  raw: picture,
  answer: { status: 200, body: { ...profile, avatar_url: text(`/api/avatars/${AVATAR}`) } },
  by: (session) => profiles.changeAvatar(session, blob(), "1"),
});

needs("a picture of another kind", {
  given: "a person with a profile",
  ask: "PUT /api/profile/avatar",
  headers: one,
  raw: document,
  answer: refusal(415),
  by: (session) => profiles.changeAvatar(session, blob(document), "1"),
});

needs("no picture any more", {
  given: "a person with a picture",
  ask: "DELETE /api/profile/avatar",
  headers: { "If-Match": '"2"' },
  answer: { status: 200, body: profile },
  by: (session) => profiles.removeAvatar(session, "2"),
});

needs("a picture to show", {
  given: "a person with a picture",
  ask: "GET /api/avatars/{avatar_id}",
  answer: { status: 200, contentType: "image/webp" },
  by: (session) => profiles.readAvatar(session, AVATAR),
  gives: async (result) => expect((await result).headers.get("content-type")).toBe("image/webp"),
});

needs("a picture that is not there", {
  given: "a person",
  ask: "GET /api/avatars/{avatar_id}",
  answer: refusal(404),
  by: (session) => profiles.readAvatar(session, AVATAR),
});
