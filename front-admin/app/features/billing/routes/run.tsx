import { part } from "@dashboard/front/api/part.server.ts";
import { formatPeriod } from "@dashboard/front/format/format.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { listed } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Toolbar, Total } from "@dashboard/front/table/toolbar.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import ReceiptText from "lucide/dist/esm/icons/receipt-text.mjs";
import { listInvoices, readRun } from "../billing.server.ts";
import { InvoiceTable } from "../ui/InvoiceTable.tsx";
import { RunCard } from "../ui/RunCard.tsx";
import type { Route } from "./+types/run";

const PAGE_SIZE = 25;

export const meta: Route.MetaFunction = () => [{ title: "Billing run · Tools Dashboard administration" }];

export async function loader({ context, params: { runId }, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const search = { run_id: runId, limit: PAGE_SIZE, cursor: url.searchParams.get("cursor"), count: "true" } as const;
  const [run, invoices] = await Promise.all([part(readRun(session, runId)), listed(listInvoices(session, search))]);
  return { run, invoices };
}

export default function RunPage({ loaderData: { run, invoices } }: Route.ComponentProps) {
  const title = run.ok ? `Billing run, ${formatPeriod(run.data.period, "en")}` : "Billing run";
  return (
    <>
      <PageHeader title={title} aside={<TextLink to="/billing">All runs</TextLink>} />
      <div className="grid gap-6">
        {run.ok ? <RunCard run={run.data} /> : <Unavailable what="The run" problem={run.problem} />}
        <Card title="Invoices">
          {!invoices.ok && <NoList what="The invoices" problem={invoices.problem} names={["cursor"]} />}
          {invoices.ok && invoices.data.items.length === 0 && (
            <Nothing icon={ReceiptText} title="No invoices" narrowed={null}>
              {run.ok && run.data.dry_run ? "A preview issues none." : "This run has issued none yet."}
            </Nothing>
          )}
          {invoices.ok && invoices.data.items.length > 0 && (
            <>
              <Toolbar csv={run.ok ? `/billing/runs/${run.data.id}/invoices.csv` : undefined}>
                <Total page={invoices.data} one="invoice" many="invoices" />
              </Toolbar>
              <InvoiceTable invoices={invoices.data.items} />
              <Pagination next={invoices.data.next_cursor} label="Invoice pages" />
            </>
          )}
        </Card>
      </div>
    </>
  );
}
