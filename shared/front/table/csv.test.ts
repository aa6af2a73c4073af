// @vitest-environment node
/** Tables as files: RFC 4180, safe in a spreadsheet, bounded, and never a part that looks whole. */
import { expect, test } from "vitest";
import { ProblemError } from "../api/problem.ts";
import type { CsvValue } from "./column.ts";
import { csvFile, MOST_ROWS } from "./csv.server.ts";
import { csvLine } from "./csv.ts";

const columns = [
  { title: "Name", cell: () => null, csv: ({ name }: { name: CsvValue }) => name },
  { title: "Shown only", cell: () => null },
];
const rows = (...names: CsvValue[]) => names.map((name) => ({ name }));

test.each<[CsvValue, string]>([
  ["Ada", "Ada"],
  ['the "Countess"', '"the ""Countess"""'],
  ["Lovelace, Ada", '"Lovelace, Ada"'],
  ["two\nlines", '"two\nlines"'],
  [" led by a space", '" led by a space"'],
  ["محمد عبد الرحمن 🙂", "محمد عبد الرحمن 🙂"],
  [null, ""],
  [undefined, ""],
  [-5, "-5"],
  [true, "true"],
])("%j is written as %s", (value, written) => expect(csvLine([value, 1])).toBe(`${written},1\r\n`));

test.each(["=1+1", "+49", "-2", "@SUM(A1)", " =1", "\t=1", "\tx", "＝1"])("%j is a text, not a formula", (value) => {
  expect(csvLine([value]).replace(/^"/, "")[0]).toBe("'");
});

async function text(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}

test("a file has a row for each row of each page, and the columns that have a value", async () => {
  const asked: (string | null)[] = [];
  const page = async (cursor: string | null) => {
    asked.push(cursor);
    return cursor ? { items: rows("Bob"), next_cursor: null } : { items: rows("Ada"), next_cursor: "2" };
  };
  const file = await csvFile({ name: "users", columns, page });
  expect(await text(file)).toBe("\uFEFFName\r\nAda\r\nBob\r\n");
  expect(asked).toEqual([null, "2"]);
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="users-\d{4}-\d\d-\d\d\.csv"$/);
});

test("a file ends at its bound", async () => {
  const many = { items: rows(...Array.from({ length: 4_000 }, (_, at) => at)), next_cursor: "more" };
  const lines = (await text(await csvFile({ name: "users", columns, page: async () => many }))).split("\r\n");
  expect(lines).toHaveLength(1 + MOST_ROWS + 1);
});

test("what is refused is the answer's status; a page that is missing later breaks the download off", async () => {
  const problem = { type: "urn:x", title: "Invalid", status: 422 };
  const refused = async () => Promise.reject(new ProblemError(problem));
  await expect(csvFile({ name: "users", columns, page: refused })).rejects.toMatchObject({ init: { status: 422 } });
  const page = async (cursor: string | null) => (cursor ? refused() : { items: rows("Ada"), next_cursor: "2" });
  await expect(text(await csvFile({ name: "users", columns, page }))).rejects.toThrow();
});
