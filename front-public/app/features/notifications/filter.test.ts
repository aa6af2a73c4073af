import { expect, test } from "vitest";
import { emptyText, filterQuery, readFilter } from "./filter.ts";
import { KINDS } from "./kinds.ts";

test("a filter survives its way through the address", () => {
  for (const kind of [null, ...KINDS])
    for (const unread of [true, false])
      expect(readFilter(new URLSearchParams(filterQuery({ unread, kind })))).toEqual({ unread, kind });
});

test("an address that somebody made up shows everything", () => {
  expect(readFilter(new URLSearchParams("?kind=nonsense&unread=maybe"))).toEqual({ unread: false, kind: null });
});

test("each filter has its own words for an empty list", () => {
  const filters = [null, ...KINDS].flatMap((kind) => [true, false].map((unread) => ({ unread, kind })));
  expect(new Set(filters.map((filter) => emptyText(filter).title)).size).toBe(filters.length);
});
