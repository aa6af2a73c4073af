import { formatDuration } from "@dashboard/front/format/format.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import type { Row } from "../waterfall.ts";

/** What fits on a page that somebody still reads; the table has all. */
const MOST_ROWS = 150;
const DEPTHS = ["", "pl-3", "pl-6", "pl-9", "pl-12", "pl-15"];
const TONES = [
  { of: /^front-/, fill: "fill-accent", dot: "bg-accent" },
  { of: /^back-(api|auth|websockets)$/, fill: "fill-good", dot: "bg-good" },
  { of: /^back-(postgres|cassandra|redis)$/, fill: "fill-warn", dot: "bg-warn" },
];
const OTHER = { fill: "fill-ink-faint", dot: "bg-ink-faint" };

const toneOf = (service: string) => TONES.find(({ of }) => of.test(service)) ?? OTHER;

/** Bars over time, decoration for who sees them; the words beside each say the same. */
export function Waterfall({ rows, total }: { rows: Row[]; total: number }) {
  return (
    <>
      <div aria-hidden="true" className="mb-1 flex justify-between text-xs text-ink-faint md:ml-[42%]">
        <span>0 ms</span>
        <span>{formatDuration(total / 2)}</span>
        <span>{formatDuration(total)}</span>
      </div>
      <ol className="waterfall">
        {rows.slice(0, MOST_ROWS).map((row) => (
          <WaterfallRow key={row.span.id} row={row} />
        ))}
      </ol>
      {rows.length > MOST_ROWS && (
        <p className="mt-3 text-sm text-ink-soft">{`${rows.length - MOST_ROWS} more steps in the table`}</p>
      )}
    </>
  );
}

function WaterfallRow({ row: { span, depth, offset, left, width } }: { row: Row }) {
  const { fill, dot } = toneOf(span.service);
  const { statement } = span.attributes;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line py-2 md:grid-cols-[minmax(0,42fr)_minmax(0,58fr)] md:items-center">
      <div className={cx("min-w-0", DEPTHS[Math.min(depth, DEPTHS.length - 1)])}>
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span aria-hidden="true" className={cx("size-2.5 shrink-0 rounded-full", span.failed ? "bg-bad" : dot)} />
          <span className="font-semibold">{span.service}</span>
          {span.failed && <Badge tone="bad">failed</Badge>}
          <span className="text-ink-soft wrap-anywhere">{span.name}</span>
        </p>
        {statement && statement !== span.name && (
          <code className="block truncate text-xs text-ink-faint" title={statement}>
            {statement}
          </code>
        )}
      </div>
      <div className="flex items-center gap-2">
        <svg aria-hidden="true" className="h-3.5 min-w-0 flex-1" focusable="false">
          <rect width="100%" height="100%" rx="3" className="fill-sunken" />
          <rect x={`${left}%`} width={`${width}%`} height="100%" rx="3" className={span.failed ? "fill-bad" : fill} />
        </svg>
        <span className="w-18 shrink-0 text-right text-sm tabular-nums">{formatDuration(span.duration_ms)}</span>
        <span className="sr-only">{`, starts after ${formatDuration(offset)}`}</span>
      </div>
    </li>
  );
}
