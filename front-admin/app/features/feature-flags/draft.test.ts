import { expect, test } from "vitest";
import { describeReach, readDraft, ruleErrors, valuesOf } from "./draft.ts";

const FIELDS = {
  enabled: "on",
  percentage: "10",
  owner: " team-tools ",
  expires_on: "2027-05-31",
  reason: "A tenth first.\r\n",
};

function form(...more: [string, string][]): FormData {
  const made = new FormData();
  for (const [name, value] of [...Object.entries(FIELDS), ...more]) made.append(name, value);
  return made;
}

test("a form becomes what the service takes", () => {
  expect(readDraft(form(["roles", "support"], ["plans", "pro"], ["users", "a, b\r\nc"]))).toEqual({
    enabled: true,
    percentage: 10,
    rules: [
      { attribute: "role", values: ["support"] },
      { attribute: "plan", values: ["pro"] },
      { attribute: "user", values: ["a", "b", "c"] },
    ],
    owner: "team-tools",
    expires_on: "2027-05-31",
    reason: "A tenth first.",
  });
});

test("nothing chosen is no rule, and an unchecked box is off", () => {
  const made = form(["users", " "]);
  made.delete("enabled");
  expect(readDraft(made)).toMatchObject({ enabled: false, rules: [] });
});

test.each(["", " ", "many"])("a share of “%s” goes to the service, which says what is wrong", (share) => {
  const made = form();
  made.set("percentage", share);
  expect(typeof readDraft(made).percentage).toBe("string");
});

test("rules about one thing are shown together", () => {
  const rules = [
    { attribute: "role" as const, values: ["user", "admin"] },
    { attribute: "role" as const, values: ["admin"] },
  ];
  expect(valuesOf(rules, "role")).toEqual(["user", "admin"]);
  expect(valuesOf(rules, "user")).toEqual([]);
});

test("a refused rule is reported once", () => {
  const errors = [
    { field: "rules.0.values.0", message: "This must be the id of a user." },
    { field: "rules.0.values.1", message: "This must be the id of a user." },
    { field: "reason", message: "Please fill this in." },
  ];
  const problem = { type: "about:blank", title: "Invalid", status: 422, errors };
  expect(ruleErrors(problem)).toEqual(["This must be the id of a user."]);
});

test.each([
  [{ enabled: false, percentage: 100, rules: [] }, "Off"],
  [{ enabled: true, percentage: 0, rules: [] }, "Off"],
  [{ enabled: true, percentage: 100, rules: [] }, "Everybody"],
  [{ enabled: true, percentage: 10, rules: [] }, "10 % of all users"],
  [
    { enabled: true, percentage: 0, rules: [{ attribute: "role" as const, values: ["support", "admin"] }] },
    "role support or admin",
  ],
  [
    { enabled: true, percentage: 5, rules: [{ attribute: "plan" as const, values: ["pro"] }] },
    "5 % of all users, and plan pro",
  ],
])("%o reaches: %s", (flag, words) => expect(describeReach(flag)).toBe(words));
