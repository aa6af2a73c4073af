/** Each reason for which a browser refuses a field names the field, its bounds and what to do. */
import { expect, test } from "vitest";
import { complaint } from "./complaint.ts";

const NUMBER = { type: "number", min: "1", max: "1000" };

test.each([
  ["valueMissing", "Title", {}, "Title is required."],
  ["valueMissing", "New picture", { type: "file" }, "Choose a file."],
  ["rangeUnderflow", "Seats", NUMBER, "Seats must be between 1 and 1,000."],
  ["rangeOverflow", "Seats", NUMBER, "Seats must be between 1 and 1,000."],
  ["rangeOverflow", "Share", { type: "number", min: "0", max: "100" }, "Share must be between 0 and 100."],
  ["rangeUnderflow", "Seats", { type: "number", min: "1" }, "Seats must be 1 or more."],
  ["rangeOverflow", "Seats", { type: "number", max: "1000" }, "Seats must be 1,000 or less."],
  ["rangeUnderflow", "From", { type: "date", min: "2026-01-01" }, "From must be 2026-01-01 or later."],
  ["rangeOverflow", "Month", { type: "month", max: "2026-11" }, "Month must be 2026-11 or earlier."],
  ["stepMismatch", "Seats", NUMBER, "Seats must be a whole number."],
  ["badInput", "Seats", NUMBER, "Seats must be a number."],
  ["badInput", "Expires on", { type: "date" }, "Expires on must be a valid date."],
  ["tooShort", "Password", { minLength: 10 }, "Password must have at least 10 characters."],
  ["tooLong", "About you", { maxLength: 1000 }, "About you must have at most 1,000 characters."],
  ["typeMismatch", "Email", { type: "email" }, "Email must be an address such as ada@example.com."],
  ["typeMismatch", "Link", { type: "url" }, "Link must be a web address such as https://example.com."],
  ["patternMismatch", "Link", { title: "must be a page of this site" }, "Link must be a page of this site."],
  ["patternMismatch", "Link", {}, "Link has an invalid format."],
])("%s of “%s” (%o): %s", (reason, label, control, words) => {
  const validity = { [reason]: true } as unknown as ValidityState;
  expect(complaint(label, { type: "text", title: "", ...control, validity })).toBe(words);
});
