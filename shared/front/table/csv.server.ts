/** The rows that a table shows, on all of its pages, as a file. */
import { data } from "react-router";
import { attempt } from "../api/part.server.ts";
import type { Page } from "../api/types.ts";
import type { Column } from "./column.ts";
import { BYTE_ORDER_MARK, csvColumns, csvLine } from "./csv.ts";

/** Rows that a file has at most, so that nobody's click keeps the stores busy. */
export const MOST_ROWS = 10_000;
/** Rows that a page of the API has at most. */
export const A_PAGE = 100;

interface CsvFile<Row> {
  /** `users` becomes `users-2026-11-30.csv`. */
  name: string;
  columns: readonly Column<Row>[];
  /** A page of `A_PAGE` rows with the filters of the table. */
  page: (cursor: string | null) => Promise<Page<Row>>;
}

/**
 * Sent page by page as they are read. What is wrong with the first one is the answer's status; when a later one cannot be
 * read, the download breaks off, so that nobody takes a part for the whole.
 */
export async function csvFile<Row>({ name, columns, page }: CsvFile<Row>): Promise<Response> {
  const first = await attempt(page(null));
  if (!first.ok) throw data(first.problem, { status: first.problem.status });
  const lines = linesOf(csvColumns(columns), first.data, page);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
  const file = `${name}-${new Date().toISOString().slice(0, 10)}.csv`;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${file}"`,
      "cache-control": "private, no-store",
    },
  });
}

async function* linesOf<Row>(
  columns: ReturnType<typeof csvColumns<Row>>,
  first: Page<Row>,
  page: CsvFile<Row>["page"],
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ title }) => title));
  let sent = 0;
  for (let rows = first; ; rows = await page(rows.next_cursor ?? null)) {
    const some = rows.items.slice(0, MOST_ROWS - sent);
    sent += some.length;
    yield some.map((row) => csvLine(columns.map(({ csv }) => csv(row)))).join("");
    if (!rows.next_cursor || sent >= MOST_ROWS) return;
  }
}
