import { part } from "@dashboard/front/api/part.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { attentions } from "../../features/figures/attention.server.ts";
import { listServices, readFigures } from "../../features/figures/figures.server.ts";
import { PERIODS, periodOf } from "../../features/figures/periods.ts";
import { requestsByService } from "../../features/figures/points.ts";
import { mapOf } from "../../features/figures/service-map.server.ts";
import { AttentionList } from "../../features/figures/ui/AttentionList.tsx";
import { Charts } from "../../features/figures/ui/Charts.tsx";
import { FigureCards } from "../../features/figures/ui/FigureCards.tsx";
import { PeriodLinks } from "../../features/figures/ui/PeriodLinks.tsx";
import { ServiceMapCard } from "../../features/figures/ui/ServiceMapCard.tsx";
import type { Route } from "./+types/overview";

export const meta: Route.MetaFunction = () => [{ title: "Overview · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const period = periodOf(url.searchParams);
  const [figures, services] = await Promise.all([part(readFigures(session, period)), part(listServices(session))]);
  const mayDo = (permission: string) => may(session.identity, permission);
  const counted = figures.ok ? figures.data : null;
  const listed = services.ok ? services.data.items : null;
  const items = attentions(counted, listed, mayDo);
  return { period, figures, services, items, map: listed && mapOf(listed), mayTrace: mayDo("traces:read") };
}

export default function Overview({ loaderData }: Route.ComponentProps) {
  const { period, figures, services, items, map, mayTrace } = loaderData;
  const counted = figures.ok ? figures.data : null;
  const complete = counted !== null && services.ok && counted.missing.length === 0;
  const days = PERIODS.find(({ id }) => id === period)?.days ?? 0;
  return (
    <>
      <PageHeader title="Overview" aside={<PeriodLinks chosen={period} />}>
        What needs you, and how the last {days} days went. Days are in UTC.
      </PageHeader>
      <div className="grid gap-6">
        <AttentionList items={items} complete={complete} />
        {counted && counted.missing.length > 0 && <Missing stores={counted.missing} />}
        {!figures.ok && <Unavailable what="The figures" problem={figures.problem} />}
        {counted && <FigureCards figures={counted} days={days} />}
        {counted && <Charts figures={counted} mayTrace={mayTrace} />}
        {!services.ok && <Unavailable what="The map of services" problem={services.problem} />}
        {services.ok && map && (
          <ServiceMapCard services={services.data.items} map={map} requests={requestsByService(counted)} />
        )}
      </div>
    </>
  );
}

function Missing({ stores }: { stores: string[] }) {
  return (
    <p role="status" className="rounded-control border border-dashed border-line-strong bg-sunken px-4 py-3">
      {stores.join(" and ")} {stores.length === 1 ? "isn’t" : "aren’t"} responding, so some figures are missing.
    </p>
  );
}
