/** The requests that the list shows, as a file. */
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { A_PAGE, csvFile } from "@dashboard/front/table/csv.server.ts";
import { searchIn } from "../list.ts";
import { listTraces } from "../traces.server.ts";
import { TRACE_COLUMNS } from "../ui/TraceTable.tsx";
import type { Route } from "./+types/export";

export function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const search = searchIn(url.searchParams);
  const page = (cursor: string | null) => listTraces(session, { ...search, cursor, limit: A_PAGE });
  return csvFile({ name: "traces", columns: TRACE_COLUMNS, page });
}
