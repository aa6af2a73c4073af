import { expect, test } from "vitest";
import { describeAudience, incomplete, people, readDraft } from "./draft.ts";

function form(values: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of values) data.append(name, value);
  return data;
}

test("nothing chosen is for everybody", () => {
  const draft = readDraft(
    form([
      ["title", " Hello "],
      ["body", "One\r\nTwo"],
      ["verified", "any"],
    ]),
  );
  expect(draft).toEqual({
    title: "Hello",
    body: "One\nTwo",
    link: null,
    audience: { roles: null, plans: null, verified: null },
  });
  expect(describeAudience(draft.audience)).toBe("Everybody");
});

test("an audience is described in words", () => {
  const { audience } = readDraft(
    form([
      ["roles", "user"],
      ["roles", "support"],
      ["plans", "pro"],
      ["verified", "no"],
    ]),
  );
  expect(audience).toEqual({ roles: ["user", "support"], plans: ["pro"], verified: false });
  expect(describeAudience(audience)).toBe("Users, Support, on plan Pro, without a verified address");
});

test("title and text are needed before anybody counts", () => {
  expect(
    incomplete(
      readDraft(
        form([
          ["title", "  "],
          ["body", "Text"],
        ]),
      ),
    )?.errors,
  ).toMatchObject([{ field: "title" }]);
  expect(
    incomplete(
      readDraft(
        form([
          ["title", "Title"],
          ["body", "Text"],
        ]),
      ),
    ),
  ).toBeNull();
});

test("a count is read as people", () =>
  expect([1, 0, 1234].map(people)).toEqual(["1 person", "0 people", "1,234 people"]));
