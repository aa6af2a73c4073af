import type { Profile } from "@dashboard/front/api/types.ts";
import { written } from "@dashboard/front/forms/fields.ts";
import { expect, test } from "vitest";
import { avatarComplaint } from "./avatar-rules.ts";
import { differing, NEW_PROFILE, readFields } from "./fields.ts";

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

const blank = Object.fromEntries(Object.entries(NEW_PROFILE).map(([name, value]) => [name, written(value)]));

test("a form becomes a profile: trimmed, line ends as stored, an empty display name is none", () => {
  const fields = readFields(
    form({
      ...blank,
      name: " Ada ",
      display_name: "  ",
      bio: "a\r\nb",
      time_zone: "New York",
      locale: "en",
    }),
  );
  const read = { name: "Ada", display_name: null, bio: "a\nb", time_zone: "New_York", locale: "en" };
  expect(fields).toEqual({ ...NEW_PROFILE, ...read });
});

test("only fields that really differ are asked about", () => {
  const theirs = { ...NEW_PROFILE, name: "Ada", bio: "Hello" } as Profile;
  expect(differing({ ...NEW_PROFILE, name: "Ada", bio: "Bye" }, theirs)).toEqual(["bio"]);
});

test.each([
  [{ size: 0, type: "image/png" }, /Choose a picture/],
  [{ size: 9, type: "text/html" }, /PNG/],
  [{ size: 3 * 1024 * 1024, type: "image/png" }, /2 MB/],
])("%o is refused", (file, message) => expect(avatarComplaint(file)).toMatch(message));

test("a small picture is fine", () => expect(avatarComplaint({ size: 9, type: "image/webp" })).toBeNull());
