import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { cx } from "../ui/cx.ts";
import { densityIn, here } from "./view.ts";

const TOOL =
  "inline-flex min-h-9 items-center gap-1.5 rounded-control px-2.5 text-sm font-semibold text-ink-soft no-underline hover:bg-sunken hover:text-ink";

interface ToolbarProps {
  /** How many there are: a `Total`, usually. */
  children?: ReactNode;
  /** The address of the table as a file; it gets the filters and the order of the page. */
  csv?: string;
}

/** What stands above a table: how many rows the list has, how dense they are, and the list as a file. */
export function Toolbar({ children, csv }: ToolbarProps) {
  const [params] = useSearchParams();
  const isCompact = densityIn(params) === "compact";
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
      {children}
      <div className="-mr-2.5 ml-auto flex flex-wrap">
        <Link
          to={here(params, { density: isCompact ? null : "compact" })}
          preventScrollReset
          className={cx(TOOL, "max-lg:hidden")}
        >
          {isCompact ? "Comfortable rows" : "Compact rows"}
        </Link>
        {csv && (
          <a href={`${csv}${here(params, { cursor: null, show: null, density: null })}`} download className={TOOL}>
            Download CSV
          </a>
        )}
      </div>
    </div>
  );
}

interface TotalProps {
  /** As the API answers it. */
  page: { items: readonly unknown[]; total?: number | null; more?: boolean };
  /** `user`, `users`. */
  one: string;
  many: string;
  narrowed?: boolean;
}

/** `143 users`, `1 user matches`, `more than 10,000 users`. */
export function Total({ page: { items, total, more = false }, one, many, narrowed = false }: TotalProps) {
  const count = total ?? items.length;
  const number = new Intl.NumberFormat("en").format(count);
  const words = `${more ? "More than " : ""}${number} ${count === 1 ? one : many}`;
  return (
    <p aria-live="polite" className="total text-sm text-ink-soft">
      {narrowed ? `${words} ${count === 1 ? "matches" : "match"}` : words}
    </p>
  );
}
