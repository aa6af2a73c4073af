import type { Part } from "@dashboard/front/api/problem.ts";
import type { EventStream, EventStreams, StreamGroup } from "@dashboard/front/api/types.ts";
import { Card } from "@dashboard/front/ui/card.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { formatAge, isLong } from "../age.ts";

const HEAD = "px-1.5 pb-2 text-right text-sm font-semibold text-ink-faint first:pl-0 first:text-left last:pr-0";
const CELL = "border-t border-line px-1.5 py-2 text-right tabular-nums first:pl-0 first:text-left last:pr-0";

export function Streams({ streams }: { streams: Part<EventStreams> }) {
  return (
    <Card title="Streams">
      {!streams.ok && <Unavailable what="The streams" problem={streams.problem} />}
      {streams.ok && streams.data.streams.length === 0 && (
        <p className="text-ink-soft">Nothing has happened yet. The first event makes the first stream.</p>
      )}
      {streams.ok && streams.data.streams.length > 0 && (
        <div className="grid gap-7">
          {streams.data.streams.map((stream) => (
            <Stream key={stream.name} stream={stream} />
          ))}
        </div>
      )}
    </Card>
  );
}

function Stream({ stream: { name, length, last_at, groups } }: { stream: EventStream }) {
  return (
    <table className="stream w-full border-collapse sm:table-fixed">
      <caption className="mb-2 text-left">
        <span className="font-semibold wrap-anywhere">{name}</span>{" "}
        <span className="text-sm text-ink-faint">
          {length.toLocaleString("en")} kept
          {last_at && (
            <>
              , the last on <When at={last_at} />
            </>
          )}
        </span>
      </caption>
      {groups.length > 0 && (
        <thead>
          <tr>
            {["Group", "Not read", "In work", "Oldest"].map((head) => (
              <th key={head} scope="col" className={`${HEAD} sm:first:w-2/5`}>
                {head}
              </th>
            ))}
            <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
              Consumers
            </th>
          </tr>
        </thead>
      )}
      <tbody>
        {groups.map((group) => (
          <Group key={group.name} group={group} />
        ))}
        {groups.length === 0 && (
          <tr>
            <td colSpan={5} className={`${CELL} text-ink-soft`}>
              Nobody reads it.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Group({ group: { name, lag, pending, oldest_pending_seconds, consumers } }: { group: StreamGroup }) {
  const isLate = isLong(oldest_pending_seconds);
  return (
    <tr>
      <th scope="row" className={`${CELL} font-normal wrap-break-word`}>
        {name}
      </th>
      <td className={CELL}>{lag?.toLocaleString("en") ?? "–"}</td>
      <td className={CELL}>{pending.toLocaleString("en")}</td>
      <td className={cx(CELL, isLate && "font-semibold text-warn")}>
        {formatAge(pending > 0 ? oldest_pending_seconds : null)}
      </td>
      <td className={cx(CELL, "hidden sm:table-cell", consumers === 0 && "font-semibold text-warn")}>{consumers}</td>
    </tr>
  );
}
