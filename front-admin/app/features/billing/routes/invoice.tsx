import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { InvoiceSheet } from "@dashboard/front/ui/invoice-sheet.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { readInvoice } from "../billing.server.ts";
import type { Route } from "./+types/invoice";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  {
    title: `Invoice ${loaderData?.invoice.ok ? loaderData.invoice.data.number : ""} · Tools Dashboard administration`,
  },
];

export async function loader({ context, params: { invoiceId } }: Route.LoaderArgs) {
  return { invoice: await part(readInvoice(sessionOf(context), invoiceId)) };
}

export default function InvoicePage({ loaderData: { invoice } }: Route.ComponentProps) {
  if (!invoice.ok) return <Unavailable what="The invoice" problem={invoice.problem} />;
  const { number, user_id, run_id, name, email } = invoice.data;
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={`Invoice ${number}`}
          aside={
            <span className="flex flex-wrap gap-x-5">
              <TextLink to={`/users/${user_id}`}>User</TextLink>
              <TextLink to={`/billing/runs/${run_id}`}>Billing run</TextLink>
            </span>
          }
        />
      </div>
      <InvoiceSheet invoice={invoice.data} buyer={{ name, email }} />
    </>
  );
}
