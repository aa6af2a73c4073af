import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { InvoiceSheet } from "@dashboard/front/ui/invoice-sheet.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { readBuyer, readInvoice } from "../billing.server.ts";
import type { Route } from "./+types/invoice";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Invoice ${loaderData?.invoice.ok ? loaderData.invoice.data.number : ""} · Tools Dashboard` },
];

export async function loader({ context, params: { invoiceId } }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [invoice, buyer] = await Promise.all([part(readInvoice(session, invoiceId)), part(readBuyer(session))]);
  return { invoice, buyer };
}

export default function InvoicePage({ loaderData: { invoice, buyer } }: Route.ComponentProps) {
  if (!invoice.ok) return <Unavailable what="Your invoice" problem={invoice.problem} />;
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={`Invoice ${invoice.data.number}`} aside={<TextLink to="/app/billing">Billing</TextLink>}>
          Print this page, or save it as a PDF from your browser's print dialog.
        </PageHeader>
      </div>
      {buyer.ok ? (
        <InvoiceSheet invoice={invoice.data} buyer={buyer.data} />
      ) : (
        <Unavailable what="Your invoice" problem={buyer.problem} />
      )}
    </>
  );
}
