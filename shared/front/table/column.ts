import type { ReactNode } from "react";

export type CsvValue = string | number | boolean | null | undefined;

/** A column of a table over rows of one type. The first column of a table names its row. */
export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** The key by which the list can be sorted, as the API names it. */
  sort?: string;
  /** The value in a CSV file; a column without it is left out there. */
  csv?: (row: Row) => CsvValue;
  /** For numbers. */
  right?: boolean;
}
