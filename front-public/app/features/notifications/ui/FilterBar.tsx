import { cx } from "@dashboard/front/ui/cx.ts";
import { Link } from "react-router";
import { type Filter, filterQuery } from "../filter.ts";
import { KINDS, textOf } from "../kinds.ts";

/** Two rows of links; on phones the kinds can be scrolled sideways. */
export function FilterBar({ filter }: { filter: Filter }) {
  return (
    <nav aria-label="Filter" className="mb-5 grid gap-3">
      <ul className="flex w-fit rounded-control border border-line-strong bg-surface p-0.5">
        <Choice to={{ ...filter, unread: false }} chosen={!filter.unread} className="rounded-lg">
          All
        </Choice>
        <Choice to={{ ...filter, unread: true }} chosen={filter.unread} className="rounded-lg">
          Unread
        </Choice>
      </ul>
      <ul className="-mx-1 flex flex-wrap gap-2 px-1">
        <Choice to={{ ...filter, kind: null }} chosen={!filter.kind} className="rounded-full border border-line">
          All kinds
        </Choice>
        {KINDS.map((kind) => (
          <Choice
            key={kind}
            to={{ ...filter, kind }}
            chosen={filter.kind === kind}
            className="rounded-full border border-line"
          >
            {textOf(kind).name}
          </Choice>
        ))}
      </ul>
    </nav>
  );
}

interface ChoiceProps {
  to: Filter;
  chosen: boolean;
  className: string;
  children: string;
}

function Choice({ to, chosen, className, children }: ChoiceProps) {
  return (
    <li>
      <Link
        to={filterQuery(to)}
        preventScrollReset
        aria-current={chosen ? "page" : undefined}
        className={cx(
          "flex min-h-9 items-center px-3.5 text-sm font-semibold no-underline",
          className,
          chosen ? "border-transparent bg-accent-soft text-accent-strong" : "bg-surface text-ink-soft hover:text-ink",
        )}
      >
        {children}
      </Link>
    </li>
  );
}
