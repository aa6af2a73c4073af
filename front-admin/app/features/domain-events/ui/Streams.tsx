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
      <TextLink to={`?${new URLSearchParams({ stream: name })}#recent`} className="font-semibold break-words">
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

/** How far each group of each stream is: those that are late, and all of them folded. */
export default function Streams({ streams }: { streams: Part<EventStreams> }) {
  return (
    <Card title="Streams">
      {!streams.ok && <Unavailable what="The streams" problem={streams.problem} />}
      {streams.ok && streams.data.streams.length === 0 && (
        <p className="text-ink-soft">No events yet. The first one creates its stream.</p>
      )}
      {streams.ok && streams.data.streams.length > 0 && <Readers readers={streams.data.streams.flatMap(readersOf)} />}
    </Card>
  );
}

function Readers({ readers }: { readers: Reader[] }) {
  const late = readers.filter(isLate);
  return (
    <>
      {late.length > 0 ? (
        <Table caption="Groups that are late" readers={late} />
      ) : (
        <p className="text-ink-soft">Every group is up to date.</p>
      )}
      <details className="mt-4">
        <summary className="w-fit text-sm font-semibold text-accent">All streams and groups</summary>
        <div className="mt-3">
          <Table caption="Streams and their groups" readers={readers} />
        </div>
      </details>
    </>
  );
}

function Table({ caption, readers }: { caption: string; readers: Reader[] }) {
  return (
    <DataTable
      caption={caption}
      columns={COLUMNS}
      rows={readers}
      keyOf={({ stream, group }) => `${stream.name} ${group?.name}`}
      className="streams"
    />
  );
}

/** Whether an event has waited long, or nobody is there to handle the next one. */
const isLate = ({ group }: Reader): boolean =>
  group !== null && (group.consumers === 0 || (group.pending > 0 && isLong(group.oldest_pending_seconds)));

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
