/** The invoices of a run, as a file. */
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { A_PAGE, csvFile } from "@dashboard/front/table/csv.server.ts";
import { listInvoices } from "../billing.server.ts";
import { INVOICE_COLUMNS } from "../ui/InvoiceTable.tsx";
import type { Route } from "./+types/export";

export function loader({ context, params: { runId } }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const page = (cursor: string | null) => listInvoices(session, { run_id: runId, limit: A_PAGE, cursor });
  return csvFile({ name: "invoices", columns: INVOICE_COLUMNS, page });
}
