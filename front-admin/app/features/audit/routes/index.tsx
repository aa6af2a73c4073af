import { attempt } from "@dashboard/front/api/part.server.ts";
import { isUnavailable } from "@dashboard/front/api/problem.ts";
import type { AuditPage } from "@dashboard/front/api/types.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import ScrollText from "lucide/dist/esm/icons/scroll-text.mjs";
import { data } from "react-router";
import { listAudit } from "../audit.server.ts";
import { filterIn, isNarrowed, questionOf } from "../filter.ts";
import { AuditTable } from "../ui/AuditTable.tsx";
import { Filters } from "../ui/Filters.tsx";
import { More, useEntries } from "../ui/More.tsx";
import type { Route } from "./+types/index";

const A_PAGE = 25;

export const meta: Route.MetaFunction = () => [{ title: "Audit log · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const filter = filterIn(url.searchParams);
  const search = { ...questionOf(filter), limit: A_PAGE, cursor: url.searchParams.get("cursor") };
  const entries = await attempt(listAudit(sessionOf(context), search));
  if (entries.ok || isUnavailable(entries.problem)) return { filter, entries, refused: null };
  if (entries.problem.status !== 422) throw data(entries.problem, { status: entries.problem.status });
  return { filter, entries: null, refused: entries.problem };
}

export default function Audit({ loaderData: { filter, entries, refused } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader title="Audit log">
        Who did what, newest first: the last 31 days, or up to 31 others. Kept for a year.
      </PageHeader>
      <Card>
        <Filters filter={filter} problem={refused ?? undefined} />
        {entries && !entries.ok && <Unavailable what="The audit log" problem={entries.problem} />}
        {entries?.ok && <Entries page={entries.data} narrowed={isNarrowed(filter)} />}
      </Card>
    </>
  );
}

function Entries({ page, narrowed }: { page: AuditPage; narrowed: boolean }) {
  const { items, people, next, busy, failed, more } = useEntries(page);
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {busy ? "Loading" : items.length === 1 ? "One entry" : `${items.length || "No"} entries`}
      </p>
      {items.length > 0 && <AuditTable entries={items} people={people} />}
      {items.length === 0 && <NoEntries narrowed={narrowed} more={next !== null} />}
      {next && <More next={next} busy={busy} failed={failed} onMore={more} />}
    </>
  );
}

/** A search through very many entries stops at a bound, and goes on from there. */
function NoEntries({ narrowed, more }: { narrowed: boolean; more: boolean }) {
  const title = more ? "Nothing so far; older entries are not searched yet" : "No entry is like that";
  return (
    <Empty icon={ScrollText} title={narrowed ? title : "Nothing has happened yet"}>
      {narrowed ? <TextLink to="/audit">Show all</TextLink> : "What people do shows here a moment later."}
    </Empty>
  );
}
