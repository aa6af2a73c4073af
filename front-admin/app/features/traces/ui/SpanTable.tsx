import { formatDuration, formatInstant } from "@dashboard/front/format/format.ts";
import type { Row } from "../waterfall.ts";

const HEAD = "px-3 pb-2 text-left font-semibold text-ink-faint first:pl-0 last:pr-0";
const CELL = "border-t border-line px-3 py-2 align-top first:pl-0 last:pr-0";

/** The same as the waterfall, with everything that is known of each step. */
export function SpanTable({ rows }: { rows: Row[] }) {
  return (
    <details className="mt-5">
      <summary className="font-semibold text-accent">All steps as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="mt-3 overflow-x-auto" tabIndex={0} aria-label="Steps">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr>
              {["Started (UTC)", "Offset", "Duration", "Service", "Step", "Details"].map((title) => (
                <th key={title} scope="col" className={HEAD}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ span, offset }) => (
              <tr key={span.id}>
                <td className={`${CELL} tabular-nums`}>{formatInstant(span.started_at)}</td>
                <td className={`${CELL} whitespace-nowrap tabular-nums`}>{formatDuration(offset)}</td>
                <td className={`${CELL} whitespace-nowrap tabular-nums`}>{formatDuration(span.duration_ms)}</td>
                <td className={`${CELL} whitespace-nowrap`}>{span.service}</td>
                <td className={CELL}>{`${span.name} (${span.kind})${span.failed ? ", failed" : ""}`}</td>
                <td className={`${CELL} text-ink-soft`}>
                  {Object.entries(span.attributes).map(([name, value]) => (
                    <span key={name} className="block wrap-anywhere">{`${name}: ${value}`}</span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
