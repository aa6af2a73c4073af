import type { DeadLetter } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Id } from "@dashboard/front/table/middle.tsx";
import type { Selection } from "@dashboard/front/table/selection.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { KINDS, letterPath, nameOf, shortStream } from "../places.ts";
import { EventLinks } from "./EventLinks.tsx";

const NONE = <span className="text-ink-faint">–</span>;

const COLUMNS: Column<DeadLetter>[] = [
  {
    title: "Event",
    cell: (letter) => (
      <span className="block min-w-0">
        <TextLink to={letterPath(letter)} className="font-semibold break-words">
          {nameOf(letter)}
        </TextLink>
        {letter.event && <EventLinks of={letter.event} />}
      </span>
    ),
  },
  { title: "Event ID", cell: ({ event }) => (event ? <Id of={event.id} what="the event ID" /> : NONE) },
  { title: "Stream", cell: ({ stream }) => shortStream(stream) || NONE },
  { title: "Group", cell: ({ group }) => group || NONE },
  { title: "Why", cell: ({ error }) => <span className="line-clamp-2 text-bad wrap-anywhere">{error}</span> },
  { title: "Tries", right: true, cell: ({ deliveries, kind }) => (kind !== "waiting" && deliveries) || NONE },
  { title: "Since", cell: ({ buried_at }) => <Ago at={buried_at} /> },
];
/** On the page of their event. */
const OF_ONE: Column<DeadLetter>[] = [
  {
    title: "State",
    cell: (letter) => <TextLink to={letterPath(letter)}>{KINDS[letter.kind]}</TextLink>,
  },
  ...COLUMNS.filter(({ title }) => ["Group", "Why", "Tries", "Since"].includes(title)),
];

interface LetterTableProps {
  letters: DeadLetter[];
  selection?: Selection<DeadLetter>;
  ofOne?: boolean;
}

export function LetterTable({ letters, selection, ofOne = false }: LetterTableProps) {
  return (
    <DataTable
      caption={ofOne ? "Who could not handle it" : "What could not be handled, newest first"}
      columns={ofOne ? OF_ONE : COLUMNS}
      rows={letters}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      selection={selection}
      className="letters"
    />
  );
}
