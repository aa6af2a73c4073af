import type { AuditEntry } from "@dashboard/front/api/types.ts";
import { formatSecond } from "@dashboard/front/format/format.ts";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import { Link, useSearchParams } from "react-router";
import { detail, type Shown, words } from "../entries.ts";
import { type AuditFilter, searchWith } from "../filter.ts";

const HEAD = "px-3 pb-2.5 text-left text-sm font-semibold text-ink-faint first:pl-0 last:pr-0";
const CELL = "border-t border-line px-3 py-3 align-top first:pl-0 last:pr-0";
/** Wide enough for most addresses; a longer one breaks anywhere. */
const WHO = `${CELL} md:min-w-44 lg:min-w-56 max-md:border-0 max-md:p-0`;

type People = Pick<Shown, "people">;

/** On phones all columns fold into the first one. */
export function AuditTable({ entries, people }: { entries: AuditEntry[] } & People) {
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
          <AuditRow key={entry.id} entry={entry} people={people} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ entry, people }: { entry: AuditEntry } & People) {
  const { at, action, actor, subject_type, subject_id, correlation_id, details } = entry;
  return (
    <tr className="hover:bg-sunken/40 max-md:grid max-md:border-t max-md:border-line max-md:py-3">
      <th scope="row" className={`${CELL} text-left font-normal max-md:border-0 max-md:p-0`}>
        <span className="font-semibold wrap-anywhere">{action}</span>
        <Details of={details} people={people} />
        {correlation_id && (
          <span className="block text-sm text-ink-faint wrap-anywhere">
            trace: <Reference id={correlation_id} />
          </span>
        )}
      </th>
      <td className={WHO}>
        <Label>By</Label>
        {actor ? (
          <Narrow name="actor" value={actor} people={people} />
        ) : (
          <span className="text-ink-faint">No user</span>
        )}
      </td>
      <td className={WHO}>
        <Label>To</Label>
        <span className="text-ink-soft">{words(subject_type)}</span>{" "}
        <Narrow name="subject" value={subject_id} people={people} />
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

function Details({ of, people }: { of: Record<string, string> } & People) {
  const details = Object.entries(of).map(([name, value]) => ({ name, value, ...detail(name, value, people) }));
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

/** A link to all entries by or about this id: shows the address where it is known, with the id as its title. */
function Narrow({ name, value, people }: { name: keyof AuditFilter; value: string } & People) {
  const [params] = useSearchParams();
  const address = people[value];
  return (
    <Link
      to={searchWith(params, { [name]: value })}
      title={address && value}
      className={cx(
        "text-sm text-accent underline underline-offset-3 wrap-anywhere hover:text-accent-strong",
        !address && "lg:whitespace-nowrap",
      )}
    >
      {address ?? value}
    </Link>
  );
}
