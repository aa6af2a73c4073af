import type { ListedInvoice } from "@dashboard/front/api/types.ts";
import { formatPeriod } from "@dashboard/front/format/format.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Person } from "@dashboard/front/table/person.tsx";
import { InvoiceMark } from "@dashboard/front/ui/invoice-mark.tsx";
import { Money } from "@dashboard/front/ui/money.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

export const INVOICE_COLUMNS: Column<ListedInvoice>[] = [
  {
    title: "Number",
    cell: ({ id, number }) => <TextLink to={`/billing/invoices/${id}`}>{number}</TextLink>,
    csv: ({ number }) => number,
  },
  {
    title: "For",
    cell: ({ user_id, name, email }) => (
      <Person name={name} email={email}>
        <TextLink to={`/users/${user_id}`}>{name || email}</TextLink>
      </Person>
    ),
    csv: ({ email }) => email,
  },
  { title: "Period", cell: ({ period }) => formatPeriod(period, "en"), csv: ({ period }) => period },
  { title: "State", cell: InvoiceMark, csv: ({ state }) => state },
  { title: "Issued", cell: ({ issued_at }) => <Ago at={issued_at} />, csv: ({ issued_at }) => issued_at },
  { title: "Currency", cell: ({ currency }) => currency, csv: ({ currency }) => currency },
  {
    title: "Amount",
    right: true,
    cell: ({ amount_minor, currency }) => <Money minor={amount_minor} currency={currency} />,
    csv: ({ amount_minor }) => amount_minor / 100,
  },
];

interface InvoiceTableProps {
  invoices: ListedInvoice[];
  /** On the page of somebody, their name need not stand in each row. */
  ofOne?: boolean;
}

export function InvoiceTable({ invoices, ofOne = false }: InvoiceTableProps) {
  const hidden = ofOne ? ["For", "Currency", "Period"] : ["Currency"];
  return (
    <DataTable
      caption="Invoices, newest first"
      columns={INVOICE_COLUMNS.filter(({ title }) => !hidden.includes(title))}
      rows={invoices}
      keyOf={({ id }) => id}
      className="invoices"
    />
  );
}
