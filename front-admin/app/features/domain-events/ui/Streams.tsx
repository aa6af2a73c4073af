import type { Part } from "@dashboard/front/api/problem.ts";
import type { EventStream, EventStreams, StreamGroup } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { formatAge, isLong } from "../age.ts";
import { shortStream } from "../places.ts";

/** A stream with one of its groups; null: nobody reads it. */
interface Reader {
  stream: EventStream;
  group: StreamGroup | null;
}

const COLUMNS: Column<Reader>[] = [
  {
    title: "Stream",
    cell: ({ stream: { name } }) => (
      <TextLink to={`?${new URLSearchParams({ stream: name })}#recent`} className="font-semibold wrap-anywhere">
        {shortStream(name)}
      </TextLink>
    ),
  },
  { title: "Group", cell: ({ group }) => group?.name ?? <span className="text-ink-faint">No consumers</span> },
  { title: "Unread", right: true, cell: ({ group }) => group?.lag?.toLocaleString("en") ?? "–" },
  { title: "In progress", right: true, cell: ({ group }) => group?.pending.toLocaleString("en") ?? "–" },
  { title: "Oldest", right: true, cell: ({ group }) => group && <Oldest group={group} /> },
  {
    title: "Consumers",
    right: true,
    cell: ({ group }) =>
      group && <span className={cx(group.consumers === 0 && "font-semibold text-warn")}>{group.consumers}</span>,
  },
  { title: "Stored", right: true, cell: ({ stream }) => stream.length.toLocaleString("en") },
  { title: "Last event", cell: ({ stream }) => (stream.last_at ? <Ago at={stream.last_at} /> : "–") },
];

/** How far each group of each stream is. */
export default function Streams({ streams }: { streams: Part<EventStreams> }) {
  return (
    <Card title="Streams">
      {!streams.ok && <Unavailable what="The streams" problem={streams.problem} />}
      {streams.ok && streams.data.streams.length === 0 && (
        <p className="text-ink-soft">No events yet. The first one creates its stream.</p>
      )}
      {streams.ok && streams.data.streams.length > 0 && (
        <DataTable
          caption="Streams and their groups"
          columns={COLUMNS}
          rows={streams.data.streams.flatMap(readersOf)}
          keyOf={({ stream, group }) => `${stream.name} ${group?.name}`}
          className="streams"
        />
      )}
    </Card>
  );
}

function readersOf(stream: EventStream): Reader[] {
  return stream.groups.length > 0 ? stream.groups.map((group) => ({ stream, group })) : [{ stream, group: null }];
}

function Oldest({ group: { pending, oldest_pending_seconds } }: { group: StreamGroup }) {
  const isLate = isLong(oldest_pending_seconds);
  return (
    <span className={cx(isLate && "font-semibold text-warn")}>
      {formatAge(pending > 0 ? oldest_pending_seconds : null)}
    </span>
  );
}
