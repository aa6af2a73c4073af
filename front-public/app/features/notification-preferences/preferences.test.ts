import { expect, test } from "vitest";
import { type Choices, readChoices, storedInstead } from "./preferences.ts";

const form = (values: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of values) data.append(name, value);
  return data;
};

test("the form says each kind and its channels", () => {
  const sent = form([
    ["kind", "invoice"],
    ["live.invoice", "on"],
    ["mail.invoice", "daily"],
    ["kind", "announcement"],
    ["mail.announcement", "never"],
  ]);
  expect(readChoices(sent)).toEqual({
    kinds: [
      { kind: "invoice", live: true, mail: "daily" },
      { kind: "announcement", live: false, mail: "never" },
    ],
    quiet_hours: null,
  });
});

test("a kind that this page has no texts for goes through it as it was chosen", () => {
  const sent = form([
    ["kind", "weekly_report"],
    ["live.weekly_report", "on"],
    ["mail.weekly_report", "daily"],
  ]);
  expect(readChoices(sent).kinds).toEqual([{ kind: "weekly_report", live: true, mail: "daily" }]);
});

test("security stays on, whatever a form says", () => {
  const sent = form([
    ["kind", "security"],
    ["mail.security", "never"],
  ]);
  expect(readChoices(sent).kinds).toEqual([{ kind: "security", live: true, mail: "at_once" }]);
});

test("quiet hours are sent when they are switched on", () => {
  const times: [string, string][] = [
    ["from", "22:30"],
    ["to", "06:00"],
  ];
  expect(readChoices(form(times)).quiet_hours).toBeNull();
  expect(readChoices(form([["quiet", "on"], ...times])).quiet_hours).toEqual({ from: "22:30", to: "06:00" });
});

test("a conflict is shown where both versions differ", () => {
  const theirs: Choices = { kinds: [{ kind: "invoice", live: true, mail: "daily" }], quiet_hours: null };
  expect(storedInstead({ kind: "invoice", live: false, mail: "daily" }, theirs)).toMatch(
    /in app on, email daily summary/,
  );
  expect(storedInstead({ kind: "invoice", live: true, mail: "daily" }, theirs)).toBeNull();
  expect(storedInstead({ kind: "invoice", live: false, mail: "never" }, undefined)).toBeNull();
});
