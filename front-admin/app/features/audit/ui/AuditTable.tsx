import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { IdText } from "@dashboard/front/table/middle.tsx";
import { Address } from "@dashboard/front/table/person.tsx";
import { withParams } from "@dashboard/front/table/view.ts";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import { Link, useSearchParams } from "react-router";
import { type AuditRow, detailsOf, words } from "../entries.ts";

export const AUDIT_COLUMNS: Column<AuditRow>[] = [
  {
    title: "What",
    csv: ({ action }) => action,
    cell: (row) => (
      <span className="block min-w-0">
        <span className="font-semibold wrap-anywhere">{row.action}</span>
        <Details row={row} />
        {row.correlation_id && (
          <span className="block text-sm">
            <Reference id={row.correlation_id} label="Trace" />
          </span>
        )}
      </span>
    ),
  },
  {
    title: "By",
    csv: ({ actor, people }) => (actor ? (people[actor] ?? actor) : null),
    cell: ({ actor, people }) =>
      actor ? <Narrow name="actor" value={actor} people={people} /> : <span className="text-ink-faint">No user</span>,
  },
  {
    title: "To",
    csv: ({ subject_type, subject_id, people }) => `${words(subject_type)} ${people[subject_id] ?? subject_id}`,
    cell: ({ subject_type, subject_id, people }) => (
      <>
        {words(subject_type)} <Narrow name="subject" value={subject_id} people={people} />
      </>
    ),
  },
  {
    title: "Details",
    csv: (row) =>
      detailsOf(row)
        .map(({ term, text }) => `${term}: ${text}`)
        .join("; "),
    cell: () => null,
  },
  { title: "When", csv: ({ at }) => at, cell: ({ at }) => <Ago at={at} /> },
  { title: "Correlation ID", csv: ({ correlation_id }) => correlation_id, cell: () => null },
];

/** Details and trace stand in the first cell; in a file they have columns of their own. */
const SHOWN = AUDIT_COLUMNS.filter(({ title }) => title !== "Details" && title !== "Correlation ID");

export function AuditTable({ rows }: { rows: AuditRow[] }) {
  return (
    <DataTable
      caption="Who did what, newest first"
      columns={SHOWN}
      rows={rows}
      keyOf={({ id }) => id}
      className="audit"
    />
  );
}

function Details({ row }: { row: AuditRow }) {
  const details = detailsOf(row);
  if (details.length === 0) return null;
  return (
    <dl className="text-sm text-ink-soft wrap-anywhere">
      {details.map(({ name, value, term, text }) => (
        <div key={name} className="mr-3 inline">
          <dt className="inline text-ink-faint">{term}: </dt>
          <dd className="inline" title={text === value ? undefined : value}>
            {text}
          </dd>{" "}
        </div>
      ))}
    </dl>
  );
}

interface NarrowProps extends Pick<AuditRow, "people"> {
  name: "actor" | "subject";
  value: string;
}

/** A link to all entries by or about this id: shows the address where it is known, with the id as its title. */
function Narrow({ name, value, people }: NarrowProps) {
  const [params] = useSearchParams();
  const address = people[value];
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <Link
        to={withParams(params, { [name]: value })}
        title={address && value}
        className="text-sm text-accent underline underline-offset-3 hover:text-accent-strong"
      >
        {address ? <Address of={address} /> : <IdText of={value} />}
      </Link>
      {address && (
        <Link to={`/users/${value}`} className="text-sm text-ink-faint underline underline-offset-3 hover:text-ink">
          User
        </Link>
      )}
    </span>
  );
}
