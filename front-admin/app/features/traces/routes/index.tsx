import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import Waypoints from "lucide/dist/esm/icons/waypoints.mjs";
import { redirect, useLocation } from "react-router";
import { listTraces } from "../traces.server.ts";
import { Filters, FindTrace, SLOWER_THAN } from "../ui/Filters.tsx";
import { TraceTable } from "../ui/TraceTable.tsx";
import type { Route } from "./+types/index";

const LISTED = 50;

export const meta: Route.MetaFunction = () => [{ title: "Traces · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const id = url.searchParams.get("id")?.trim();
  if (id) throw redirect(`/traces/${encodeURIComponent(id)}`);
  const failed = url.searchParams.get("failed") === "true";
  const slowerThan = SLOWER_THAN.find((some) => String(some) === url.searchParams.get("slower")) ?? 0;
  const traces = await part(listTraces(sessionOf(context), { failed, slowerThan, limit: LISTED }));
  return { failed, slowerThan, traces };
}

export default function TracesPage({ loaderData: { failed, slowerThan, traces } }: Route.ComponentProps) {
  const { search } = useLocation();
  const narrowed = failed || slowerThan > 0;
  return (
    <>
      <PageHeader title="Traces" aside={<FindTrace />}>
        What each request did, service by service. Kept for a day; new ones appear after some seconds.
      </PageHeader>
      <Card
        title="Recent requests"
        aside={
          <TextLink to={{ pathname: "/traces", search }} reloadDocument>
            Refresh
          </TextLink>
        }
      >
        <Filters failed={failed} slowerThan={slowerThan} />
        {!traces.ok && <Unavailable what="The traces" problem={traces.problem} />}
        {traces.ok && traces.data.items.length === 0 && (
          <Empty icon={Waypoints} title={narrowed ? "No request of the last day is like that" : "No requests yet"}>
            {narrowed ? (
              <TextLink to="/traces">Show all</TextLink>
            ) : (
              "What people do shows here after some seconds, unless tracing is switched off."
            )}
          </Empty>
        )}
        {traces.ok && traces.data.items.length > 0 && <TraceTable traces={traces.data.items} />}
        {traces.ok && traces.data.items.length === LISTED && (
          <p className="mt-4 text-sm text-ink-faint">{`The ${LISTED} newest. Narrow the list to see older ones.`}</p>
        )}
      </Card>
    </>
  );
}
