import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import Flag from "lucide/dist/esm/icons/flag.mjs";
import { readReport } from "../feature-flags.server.ts";
import { FlagTable } from "../ui/FlagTable.tsx";
import type { Route } from "./+types/index";

export const meta: Route.MetaFunction = () => [{ title: "Feature flags · Tools Dashboard administration" }];

export async function loader({ context }: Route.LoaderArgs) {
  return { report: await part(readReport(sessionOf(context))) };
}

export default function FeatureFlags({ loaderData: { report } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader title="Feature flags">What is on, and for whom. Changes take effect within a second.</PageHeader>
      <Card>
        {!report.ok && <Unavailable what="The feature flags" problem={report.problem} />}
        {report.ok && report.data.items.length === 0 && (
          <Empty icon={Flag} title="No feature flags yet">
            Declare one in a contract to see it here.
          </Empty>
        )}
        {report.ok && report.data.items.length > 0 && (
          <FlagTable flags={report.data.items} people={report.data.people} />
        )}
      </Card>
    </>
  );
}
