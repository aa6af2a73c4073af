import type { AuditPage } from "@dashboard/front/api/types.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { FilterBar } from "@dashboard/front/table/filter-bar.tsx";
import { chipsIn } from "@dashboard/front/table/filters.ts";
import { listed, tidy } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Toolbar } from "@dashboard/front/table/toolbar.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import ScrollText from "lucide/dist/esm/icons/scroll-text.mjs";
import { useSearchParams } from "react-router";
import { listAudit } from "../audit.server.ts";
import { rowsOf } from "../entries.ts";
import { filtersFor, NAMES, searchIn } from "../filter.ts";
import { AuditTable } from "../ui/AuditTable.tsx";
import type { Route } from "./+types/index";

const PAGE_SIZE = 25;

export const meta: Route.MetaFunction = () => [{ title: "Audit log · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  tidy(url);
  const search = { ...searchIn(url.searchParams), limit: PAGE_SIZE };
  return { entries: await listed(listAudit(sessionOf(context), search)) };
}

export default function Audit({ loaderData: { entries } }: Route.ComponentProps) {
  const filters = filtersFor(entries.ok ? entries.data.people : {});
  const isNarrowed = chipsIn(filters, useSearchParams()[0]).length > 0;
  return (
    <>
      <PageHeader title="Audit log">
        Who did what, newest first. Shows the last 31 days, or any 31 days of the past year.
      </PageHeader>
      <Card>
        <FilterBar label="Audit log" filters={filters} problem={entries.ok ? undefined : entries.problem} />
        {entries.ok ? (
          <Entries page={entries.data} narrowed={isNarrowed} />
        ) : (
          <NoList what="The audit log" problem={entries.problem} names={NAMES} />
        )}
      </Card>
    </>
  );
}

function Entries({ page, narrowed }: { page: AuditPage; narrowed: boolean }) {
  const { items, next_cursor: next } = page;
  return (
    <>
      <Toolbar csv="/audit/export.csv" />
      {items.length > 0 && <AuditTable rows={rowsOf(page)} />}
      {items.length === 0 && <NoEntries narrowed={narrowed} more={Boolean(next)} />}
      <Pagination next={next} label="Audit log pages" />
    </>
  );
}

/** A search through very many entries stops at a bound, and goes on from there. */
function NoEntries({ narrowed, more }: { narrowed: boolean; more: boolean }) {
  const title = more ? "No match yet. Try the next page." : "No entry matches";
  return (
    <Nothing icon={ScrollText} title="No entries yet" narrowed={narrowed ? title : null}>
      Actions appear here within a moment.
    </Nothing>
  );
}
