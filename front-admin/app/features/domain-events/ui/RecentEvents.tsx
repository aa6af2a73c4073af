import type { Part } from "@dashboard/front/api/problem.ts";
import type { RecentEvent } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { Choices } from "./Choices.tsx";
import { EventLinks } from "./EventLinks.tsx";
import { Payload } from "./Payload.tsx";

interface RecentEventsProps {
  recent: Part<RecentEvent[]>;
  /** The stream that is looked at; null: all. */
  stream: string | null;
  names: string[];
}

export function RecentEvents({ recent, stream, names }: RecentEventsProps) {
  const choices = [
    { label: "All", value: null },
    ...names.map((name) => ({ label: name.replace("events:", ""), value: name })),
  ];
  return (
    <Card title="Recent events">
      <Choices label="Stream" name="stream" choices={choices} chosen={stream} />
      {!recent.ok && <Unavailable what="The recent events" problem={recent.problem} />}
      {recent.ok && recent.data.length === 0 && (
        <p className="text-ink-soft">{stream ? "Nothing happened in this stream yet." : "Nothing happened yet."}</p>
      )}
      {recent.ok && (
        <ul className="rows">
          {recent.data.map((entry) => (
            <li key={`${entry.stream} ${entry.entry_id}`} className="event">
              <Entry entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Entry({ entry: { stream, entry_id, event } }: { entry: RecentEvent }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <strong className="wrap-anywhere">{event.type}</strong>
        <span className="text-sm text-ink-faint">
          <Ago at={event.occurred_at} />
        </span>
      </p>
      <p className="text-sm text-ink-faint wrap-anywhere">
        {stream} · {entry_id} · version {event.version}
      </p>
      <EventLinks of={event} />
      <Payload of={event.data} name="Data" />
    </>
  );
}
