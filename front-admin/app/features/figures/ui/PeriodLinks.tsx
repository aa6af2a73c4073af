import { cx } from "@dashboard/front/ui/cx.ts";
import { Link } from "react-router";
import { PERIODS, type PeriodId } from "../periods.ts";

/** Links, so that a period can be kept as a bookmark and chosen without JavaScript. */
export function PeriodLinks({ chosen }: { chosen: PeriodId }) {
  return (
    <nav aria-label="Period">
      <ul className="flex overflow-hidden rounded-control border border-line-strong bg-surface">
        {PERIODS.map(({ id, days }) => (
          <li key={id} className="border-l border-line-strong first:border-0">
            <Link
              to={`/?period=${id}`}
              preventScrollReset
              aria-current={id === chosen ? "true" : undefined}
              className={cx(
                "block px-4 py-2 font-semibold no-underline",
                id === chosen ? "bg-accent text-on-accent" : "text-ink-soft hover:bg-sunken hover:text-ink",
              )}
            >
              {days} days
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
