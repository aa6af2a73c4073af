import type { Part } from "@dashboard/front/api/problem.ts";
import type { RecentEvent } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Id } from "@dashboard/front/table/middle.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { eventPath, shortStream } from "../places.ts";
import { Choices } from "./Choices.tsx";
import { EventLinks } from "./EventLinks.tsx";

const COLUMNS: Column<RecentEvent>[] = [
  {
    title: "Event",
    cell: (entry) => (
      <span className="block min-w-0">
        <TextLink to={eventPath(entry)} className="font-semibold break-words">
          {entry.event.type}
        </TextLink>
        <EventLinks of={entry.event} />
      </span>
    ),
  },
  { title: "Event ID", cell: ({ event }) => <Id of={event.id} what="the event ID" /> },
  { title: "Stream", cell: ({ stream }) => shortStream(stream) },
  { title: "Occurred", cell: ({ event }) => <Ago at={event.occurred_at} /> },
];

interface RecentEventsProps {
  recent: Part<RecentEvent[]>;
  /** The stream that is looked at; null: all. */
  stream: string | null;
  names: string[];
}

export function RecentEvents({ recent, stream, names }: RecentEventsProps) {
  const choices = [{ label: "All", value: null }, ...names.map((name) => ({ label: shortStream(name), value: name }))];
  return (
    <Card title="Recent events" id="recent">
      <Choices label="Stream" name="stream" choices={choices} chosen={stream} />
      {!recent.ok && <Unavailable what="The recent events" problem={recent.problem} />}
      {recent.ok && recent.data.length === 0 && (
        <p className="text-ink-soft">{stream ? "No events in this stream yet." : "No events yet."}</p>
      )}
      {recent.ok && recent.data.length > 0 && (
        <DataTable
          caption="Recent events, newest first"
          columns={COLUMNS}
          rows={recent.data}
          keyOf={({ stream: name, entry_id }) => `${name} ${entry_id}`}
          className="events"
        />
      )}
    </Card>
  );
}
