import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { FilterBar } from "@dashboard/front/table/filter-bar.tsx";
import { chipsIn } from "@dashboard/front/table/filters.ts";
import { listed, tidy } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Toolbar } from "@dashboard/front/table/toolbar.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import Waypoints from "lucide/dist/esm/icons/waypoints.mjs";
import { redirect, useSearchParams } from "react-router";
import { Refresh } from "../../../ui/Refresh.tsx";
import { FILTERS, NAMES, searchIn } from "../list.ts";
import { listTraces } from "../traces.server.ts";
import { FindTrace } from "../ui/FindTrace.tsx";
import { TraceTable } from "../ui/TraceTable.tsx";
import type { Route } from "./+types/index";

const PAGE_SIZE = 50;

export const meta: Route.MetaFunction = () => [{ title: "Traces · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const id = url.searchParams.get("id")?.trim();
  if (id) throw redirect(`/traces/${encodeURIComponent(id)}`);
  tidy(url);
  const search = { ...searchIn(url.searchParams), limit: PAGE_SIZE };
  const traces = await listed(listTraces(sessionOf(context), search));
  return { traces, at: new Date().toISOString() };
}

export default function TracesPage({ loaderData: { traces, at } }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const isNarrowed = chipsIn(FILTERS, params).length > 0;
  return (
    <>
      <PageHeader title="Traces" aside={<FindTrace />}>
        What each request did, service by service. Kept for a day; new ones appear after a few seconds.
      </PageHeader>
      <Card>
        <FilterBar label="Traces" filters={FILTERS} problem={traces.ok ? undefined : traces.problem} />
        {!traces.ok && <NoList what="The traces" problem={traces.problem} names={NAMES} />}
        {traces.ok && (
          <>
            <Toolbar csv="/traces/export.csv">
              {!params.has("cursor") && <Refresh at={at} />}
              <p className="text-sm text-ink-soft">
                WebSockets, unknown paths and this page are shown only if they failed.
              </p>
            </Toolbar>
            {traces.data.items.length === 0 ? (
              <None narrowed={isNarrowed} more={Boolean(traces.data.next_cursor)} />
            ) : (
              <TraceTable traces={traces.data.items} />
            )}
            <Pagination next={traces.data.next_cursor} label="Trace pages" />
          </>
        )}
      </Card>
    </>
  );
}

/** A search through very many requests stops at a bound, and goes on from there. */
function None({ narrowed, more }: { narrowed: boolean; more: boolean }) {
  const title = more ? "No match yet. Try the next page." : "No request of the last day matches";
  return (
    <Nothing icon={Waypoints} title="No requests yet" narrowed={narrowed || more ? title : null}>
      Requests appear here after a few seconds, unless tracing is off.
    </Nothing>
  );
}
