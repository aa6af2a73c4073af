/** The entries that the list shows, as a file. */
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { A_PAGE, csvFile } from "@dashboard/front/table/csv.server.ts";
import { listAudit } from "../audit.server.ts";
import { rowsOf } from "../entries.ts";
import { searchIn } from "../filter.ts";
import { AUDIT_COLUMNS } from "../ui/AuditTable.tsx";
import type { Route } from "./+types/export";

export function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const search = searchIn(url.searchParams);
  const page = async (cursor: string | null) => {
    const entries = await listAudit(session, { ...search, cursor, limit: A_PAGE });
    return { items: rowsOf(entries), next_cursor: entries.next_cursor };
  };
  return csvFile({ name: "audit-log", columns: AUDIT_COLUMNS, page });
}
