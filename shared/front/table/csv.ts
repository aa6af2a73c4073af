/** CSV after RFC 4180, safe to open in a spreadsheet. */
import type { Column, CsvValue } from "./column.ts";

/** Spreadsheets run a cell that begins like this; an apostrophe in front of it makes it a text. */
const RUNS = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
/** Tells Excel that the file is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

function fieldOf(value: CsvValue): string {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const text = RUNS.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (values: readonly CsvValue[]): string => `${values.map(fieldOf).join(",")}\r\n`;

/** The columns of a table that have a value in a file. */
export function csvColumns<Row>(columns: readonly Column<Row>[]) {
  return columns.flatMap(({ title, csv }) => (csv ? [{ title, csv }] : []));
}
