import type { TraceSummary } from "@dashboard/front/api/types.ts";
import { formatDuration, formatSecond } from "@dashboard/front/format/format.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

const HEAD = "px-3 pb-2.5 text-left text-sm font-semibold text-ink-faint first:pl-0 last:pr-0";
const CELL = "border-t border-line px-3 py-3 align-top first:pl-0 last:pr-0";

/** On phones the less needed columns fold into the first one. */
export function TraceTable({ traces }: { traces: TraceSummary[] }) {
  return (
    <table className="traces w-full border-collapse">
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            Request
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Began at
          </th>
          <th scope="col" className={`${HEAD} hidden text-right sm:table-cell`}>
            Steps
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {traces.map((trace) => (
          <TraceRow key={trace.trace_id} trace={trace} />
        ))}
      </tbody>
    </table>
  );
}

function TraceRow({ trace }: { trace: TraceSummary }) {
  const { correlation_id, name, service, started_at, duration_ms, spans, failed } = trace;
  return (
    <tr className="hover:bg-sunken/40">
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="flex flex-wrap items-center gap-x-2">
          <TextLink to={`/traces/${correlation_id}`} className="wrap-anywhere">
            {name}
          </TextLink>
          {failed && <Badge tone="bad">failed</Badge>}
        </span>
        <span className="block text-sm text-ink-faint wrap-anywhere">{`${service} · ${correlation_id}`}</span>
        <span className="block text-sm text-ink-faint md:hidden">
          <Began at={started_at} />
        </span>
      </th>
      <td className={`${CELL} hidden text-ink-soft md:table-cell`}>
        <Began at={started_at} />
      </td>
      <td className={`${CELL} hidden text-right text-ink-soft tabular-nums sm:table-cell`}>{spans}</td>
      <td className={`${CELL} text-right whitespace-nowrap tabular-nums`}>{formatDuration(duration_ms)}</td>
    </tr>
  );
}

function Began({ at }: { at: string }) {
  return (
    <time dateTime={at} className="whitespace-nowrap tabular-nums">
      {formatSecond(at)}
    </time>
  );
}
