import type { MouseEvent, ReactNode } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { here } from "./view.ts";

/** From this width on there is room for a panel beside the list. */
const WIDE = "(min-width: 64rem)";
export const linkId = (id: string) => `row-${id}`;

interface RowLinkProps {
  /** The page of the row. */
  to: string;
  id: string;
  children: ReactNode;
  className?: string;
}

/** Leads to the page of its row; a click on a wide screen opens it in a panel beside the list instead. */
export function RowLink({ to, id, children, className }: RowLinkProps) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const open = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (elsewhere || !matchMedia(WIDE).matches) return;
    event.preventDefault();
    navigate(here(params, { show: id }), { preventScrollReset: true });
  };
  return (
    <Link
      id={linkId(id)}
      to={to}
      onClick={open}
      className={
        className ?? "font-semibold text-ink underline decoration-line-strong underline-offset-3 hover:text-accent"
      }
    >
      {children}
    </Link>
  );
}
