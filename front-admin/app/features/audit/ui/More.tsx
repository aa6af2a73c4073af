import type { Part } from "@dashboard/front/api/problem.ts";
import type { AuditPage } from "@dashboard/front/api/types.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { type MouseEvent, useEffect, useState } from "react";
import { Link, useFetcher, useLocation, useSearchParams } from "react-router";
import { firstPage, type Shown, withPage } from "../entries.ts";
import { moreOf } from "../filter.ts";

/** The entries of this address, and those that were loaded behind them; `more` loads the next ones. */
export function useEntries(page: AuditPage) {
  const { search } = useLocation();
  const fetcher = useFetcher<{ entries: Part<AuditPage> | null }>();
  const [shown, setShown] = useState<Shown>(() => firstPage(search, page));
  const [start, setStart] = useState(page);
  if (start !== page || shown.list !== search) {
    setStart(page);
    setShown(firstPage(search, page));
  }
  const loaded = fetcher.data;
  useEffect(() => {
    if (loaded?.entries?.ok) {
      const { data } = loaded.entries;
      setShown((known) => withPage(known, data));
    }
  }, [loaded]);
  const failed = loaded?.entries ? !loaded.entries.ok : false;
  return { ...shown, busy: fetcher.state !== "idle", failed, more: (to: string) => fetcher.load(`/audit${to}`) };
}

interface MoreProps {
  next: string;
  busy: boolean;
  failed: boolean;
  onMore: (to: string) => void;
}

/** A link to the next page, which loads it in place where there is a script. */
export function More({ next, busy, failed, onMore }: MoreProps) {
  const to = moreOf(useSearchParams()[0], next);
  const load = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!busy) onMore(to);
  };
  return (
    <div className="mt-5 flex flex-wrap items-center gap-4">
      <Link to={to} onClick={load} aria-disabled={busy} className={buttonClass("secondary")}>
        {busy ? "Loading…" : "Load more"}
      </Link>
      {failed && (
        <p role="status" className="text-sm text-bad">
          More cannot be loaded right now. Please try again.
        </p>
      )}
    </div>
  );
}
