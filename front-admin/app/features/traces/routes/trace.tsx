import { orNull, part } from "@dashboard/front/api/part.server.ts";
import { formatDuration, formatSecond } from "@dashboard/front/format/format.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { CopyButton } from "@dashboard/front/ui/copy-button.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import Waypoints from "lucide/dist/esm/icons/waypoints.mjs";
import { data } from "react-router";
import { readTrace } from "../traces.server.ts";
import { FindTrace } from "../ui/FindTrace.tsx";
import { LogLines } from "../ui/LogLines.tsx";
import { SpanTable } from "../ui/SpanTable.tsx";
import { Waterfall } from "../ui/Waterfall.tsx";
import { type Waterfall as Shape, waterfall } from "../waterfall.ts";
import type { Route } from "./+types/trace";

type Loaded = Awaited<ReturnType<typeof loader>>["data"];

const nameOf = (loaded: Loaded | undefined) => (loaded?.trace.ok && loaded.trace.data?.spans[0]?.name) || "Trace";

export const meta: Route.MetaFunction = ({ loaderData, params }) => [
  { title: `${nameOf(loaderData)} · ${params.correlationId} · Tools Dashboard administration` },
];

export const handle: Named<Loaded> = { crumb: ({ loaderData }) => nameOf(loaderData) };

export async function loader({ context, params }: Route.LoaderArgs) {
  const trace = await part(orNull(readTrace(sessionOf(context), params.correlationId)));
  return data({ trace }, { status: trace.ok && !trace.data ? 404 : 200 });
}

export default function TracePage({ loaderData: { trace }, params: { correlationId } }: Route.ComponentProps) {
  const found = trace.ok ? trace.data : null;
  const shape = found && waterfall(found.spans);
  return (
    <>
      <p className="mb-3">
        <TextLink to="/traces">All traces</TextLink>
      </p>
      <PageHeader title={shape?.rows[0]?.span.name ?? "Trace"} aside={<FindTrace />}>
        <span className="block">
          Correlation ID <code className="text-ink wrap-anywhere">{correlationId}</code>
        </span>
        {shape && <Facts shape={shape} />}
        <span className="mt-3 flex gap-3">
          <CopyButton text={correlationId} label="Copy ID" />
        </span>
      </PageHeader>
      {!trace.ok && <Unavailable what="This trace" problem={trace.problem} />}
      {trace.ok && !found && (
        <Empty icon={Waypoints} title="No trace has this correlation ID">
          Traces are kept for a day and appear a few seconds after the request. When only a share of requests is traced,
          this one may not be among them.
        </Empty>
      )}
      {found && shape && (
        <div className="grid gap-6">
          <Card title="Path through the services">
            <Waterfall rows={shape.rows} total={shape.total} />
            <SpanTable rows={shape.rows} />
          </Card>
          <Card title="Log lines" aside={<span className="text-sm text-ink-faint">Times in UTC</span>}>
            <LogLines logs={found.logs} />
          </Card>
        </div>
      )}
    </>
  );
}

function Facts({ shape: { rows, services, startedAt, total, failed } }: { shape: Shape }) {
  const steps = rows.length === 1 ? "1 step" : `${rows.length} steps`;
  const through = services.length === 1 ? "1 service" : `${services.length} services`;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-3">
      <time dateTime={startedAt}>{formatSecond(startedAt)}</time>
      <span>{`${formatDuration(total)}, ${steps} in ${through}`}</span>
      {failed > 0 && <Badge tone="bad">{`${failed} failed`}</Badge>}
    </span>
  );
}
