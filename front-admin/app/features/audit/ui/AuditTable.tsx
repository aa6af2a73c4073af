import type { AuditEntry } from "@dashboard/front/api/types.ts";
import { formatSecond } from "@dashboard/front/format/format.ts";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import { Link, useSearchParams } from "react-router";
import { words } from "../entries.ts";
import { type AuditFilter, searchWith } from "../filter.ts";

const HEAD = "px-3 pb-2.5 text-left text-sm font-semibold text-ink-faint first:pl-0 last:pr-0";
const CELL = "border-t border-line px-3 py-3 align-top first:pl-0 last:pr-0";

/** On phones all columns fold into the first one. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <table className="audit w-full border-collapse">
      <caption className="sr-only">Who did what, newest first</caption>
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className={HEAD}>
            What
          </th>
          <th scope="col" className={HEAD}>
            By
          </th>
          <th scope="col" className={HEAD}>
            To
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, action, actor, subject_type, subject_id, correlation_id, details } = entry;
  return (
    <tr className="hover:bg-sunken/40 max-md:grid max-md:border-t max-md:border-line max-md:py-3">
      <th scope="row" className={`${CELL} text-left font-normal max-md:border-0 max-md:p-0`}>
        <span className="font-semibold wrap-anywhere">{action}</span>
        <Details of={details} />
        {correlation_id && (
          <span className="block text-sm text-ink-faint wrap-anywhere">
            trace: <Reference id={correlation_id} />
          </span>
        )}
      </th>
      <td className={`${CELL} max-md:border-0 max-md:p-0`}>
        <Label>By</Label>
        {actor ? <Narrow name="actor" value={actor} /> : <span className="text-ink-faint">No user</span>}
      </td>
      <td className={`${CELL} max-md:border-0 max-md:p-0`}>
        <Label>To</Label>
        <span className="text-ink-soft">{words(subject_type)}</span> <Narrow name="subject" value={subject_id} />
      </td>
      <td className={`${CELL} text-ink-soft max-md:border-0 max-md:p-0 md:text-right`}>
        <time dateTime={at} className="whitespace-nowrap tabular-nums">
          {formatSecond(at)}
        </time>
      </td>
    </tr>
  );
}

function Label({ children }: { children: string }) {
  return <span className="text-ink-faint md:hidden">{children} </span>;
}

function Details({ of }: { of: Record<string, string> }) {
  const told = Object.entries(of);
  if (told.length === 0) return null;
  return (
    <dl className="text-sm text-ink-soft wrap-anywhere">
      {told.map(([name, value]) => (
        <div key={name} className="mr-3 inline">
          <dt className="inline text-ink-faint">{words(name)}: </dt>
          <dd className="inline">{value}</dd>{" "}
        </div>
      ))}
    </dl>
  );
}

/** An id, as a link to all that was done by or to it. */
function Narrow({ name, value }: { name: keyof AuditFilter; value: string }) {
  const [params] = useSearchParams();
  return (
    <Link
      to={searchWith(params, { [name]: value })}
      className="text-sm text-accent underline underline-offset-3 wrap-anywhere hover:text-accent-strong lg:whitespace-nowrap"
    >
      {value}
    </Link>
  );
}
