import type { TraceSummary } from "@dashboard/front/api/types.ts";
import { formatDuration } from "@dashboard/front/format/format.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Id } from "@dashboard/front/table/middle.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

export const TRACE_COLUMNS: Column<TraceSummary>[] = [
  {
    title: "Request",
    cell: ({ correlation_id, name, failed }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <TextLink to={`/traces/${correlation_id}`} className="wrap-anywhere">
          {name}
        </TextLink>
        {failed && <Badge tone="bad">failed</Badge>}
      </span>
    ),
    csv: ({ name }) => name,
  },
  { title: "Started in", cell: ({ service }) => service, csv: ({ service }) => service },
  {
    title: "Correlation ID",
    cell: ({ correlation_id }) => <Id of={correlation_id} what="the correlation ID" />,
    csv: ({ correlation_id }) => correlation_id,
  },
  { title: "Started", cell: ({ started_at }) => <Ago at={started_at} />, csv: ({ started_at }) => started_at },
  { title: "Steps", right: true, cell: ({ spans }) => spans, csv: ({ spans }) => spans },
  {
    title: "Duration",
    right: true,
    cell: ({ duration_ms }) => formatDuration(duration_ms),
    csv: ({ duration_ms }) => duration_ms,
  },
];

export function TraceTable({ traces }: { traces: TraceSummary[] }) {
  return (
    <DataTable
      caption="Requests, newest first"
      columns={TRACE_COLUMNS}
      rows={traces}
      keyOf={({ trace_id }) => trace_id}
      className="traces"
    />
  );
}
