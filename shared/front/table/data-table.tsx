import { Link, useSearchParams } from "react-router";
import { cx } from "../ui/cx.ts";
import type { Column } from "./column.ts";
import type { Selection } from "./selection.tsx";
import { densityIn, sortingOf, withParams } from "./view.ts";

interface DataTableProps<Row> {
  /** What the table holds, for those who do not see the page around it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The order of the list; without it no column sorts. */
  sort?: string;
  selection?: Selection<Row>;
  className?: string;
}

/** Rows of a list. Below 1,024 px each is a card, whose values have the column's title in front of them (`data` in tokens.css). */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, sort, selection, className } = props;
  const density = densityIn(useSearchParams()[0]);
  const sorts = sort !== undefined && columns.some((column) => column.sort);
  return (
    <table className={cx("data", density, className)}>
      <caption className="sr-only">{caption}</caption>
      <thead className={cx(!sorts && !selection && "max-lg:sr-only")}>
        <tr>
          {selection && <td>{selection.all}</td>}
          {columns.map((column) => (
            <Head key={column.title} column={column} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {selection && <td>{selection.one(row)}</td>}
            {columns.map((column, at) => (
              <Cell key={column.title} column={column} row={row} names={at === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head<Row>({ column: { title, sort: key, right }, sort }: { column: Column<Row>; sort?: string }) {
  const [params] = useSearchParams();
  const side = right && "right";
  if (!key || sort === undefined) {
    return (
      <th scope="col" className={cx(side, "max-lg:sr-only")}>
        {title}
      </th>
    );
  }
  const { now, next } = sortingOf(key, sort);
  return (
    <th scope="col" aria-sort={now} className={cx(side)}>
      <Link to={withParams(params, { sort: next })} preventScrollReset>
        {title}
        {now && <span aria-hidden>{now === "ascending" ? " ↑" : " ↓"}</span>}
      </Link>
    </th>
  );
}

interface CellProps<Row> {
  column: Column<Row>;
  row: Row;
  names: boolean;
}

function Cell<Row>({ column: { title, cell, right }, row, names }: CellProps<Row>) {
  if (names) return <th scope="row">{cell(row)}</th>;
  return (
    <td data-label={title} className={cx(right && "right")}>
      <span>{cell(row)}</span>
    </td>
  );
}
