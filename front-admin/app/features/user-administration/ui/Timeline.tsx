import { Ago } from "@dashboard/front/table/ago.tsx";
import { Address } from "@dashboard/front/table/person.tsx";
import { shortId } from "@dashboard/front/table/shorten.ts";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import type { History } from "../user-administration.server.ts";

/** What somebody did and what was done to them, newest first, each with the way to its trace. */
export function Timeline({ entries, people }: History) {
  if (entries.length === 0) return <p className="text-ink-soft">Nothing in the last 31 days.</p>;
  return (
    <ol className="rows">
      {entries.map(({ id, at, action, actor, correlation_id }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-semibold wrap-anywhere">{action}</span>
          <span className="text-sm text-ink-faint">
            <Ago at={at} />
          </span>
          <span className="w-full text-sm text-ink-soft">
            {actor ? <>by {people[actor] ? <Address of={people[actor]} /> : shortId(actor)}</> : "by the system"}
            {correlation_id && (
              <>
                {" · "}
                <Reference id={correlation_id} label="Trace" />
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
