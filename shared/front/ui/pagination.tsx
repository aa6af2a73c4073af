import { Link, useSearchParams } from "react-router";
import { buttonClass } from "./button.tsx";

interface PaginationProps {
  next: string | null | undefined;
  /** The query parameter that carries the cursor. */
  name?: string;
  label: string;
}

/** Cursor pages: on to the next one, or back to the first. The browser's back button leads to those between. */
export function Pagination({ next, name = "cursor", label }: PaginationProps) {
  const [params] = useSearchParams();
  const to = (cursor: string | null) => {
    const query = new URLSearchParams(params);
    if (cursor) query.set(name, cursor);
    else query.delete(name);
    return `?${query}`;
  };
  const isFirst = !params.has(name);
  if (isFirst && !next) return null;
  return (
    <nav aria-label={label} className="mt-5 flex flex-wrap justify-between gap-3">
      {isFirst ? (
        <span />
      ) : (
        <Link to={to(null)} className={buttonClass("secondary")}>
          Back to the first page
        </Link>
      )}
      {next && (
        <Link to={to(next)} className={buttonClass("secondary")}>
          Next page
        </Link>
      )}
    </nav>
  );
}
