import { useContext } from "react";
import type { Invoice } from "../api/types.ts";
import { withDays } from "../format/format.ts";
import { InvoiceMark } from "./invoice-mark.tsx";
import { Money, Period } from "./money.tsx";
import { PreferencesContext, When } from "./when.tsx";

const CELL = "border-b border-line py-2.5 pl-4 text-right tabular-nums first:pl-0 first:text-left";
const WIDE_ONLY = "hidden sm:table-cell print:table-cell";
/** `wide`: on a phone it stands below the item instead. */
const COLUMNS = [
  { title: "Item" },
  { title: "Quantity", wide: true },
  { title: "Unit price", wide: true },
  { title: "Amount" },
];

interface InvoiceSheetProps {
  invoice: Invoice;
  buyer: { name?: string | null; email: string };
}

/** An invoice as a document, on the screen and on paper. */
export function InvoiceSheet({ invoice, buyer }: InvoiceSheetProps) {
  const { number, period, issued_at, amount_minor, currency, state } = invoice;
  return (
    <article className="invoice-sheet max-w-3xl rounded-card border border-line bg-surface p-6 shadow-card sm:p-10 print:border-0 print:p-0 print:shadow-none">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <p className="font-display text-2xl font-bold">Invoice {number}</p>
        <span className="print:hidden">
          <InvoiceMark state={state} />
        </span>
      </div>
      <dl className="mt-6 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Fact name="From">Tools Dashboard</Fact>
        <Fact name="To">
          <bdi className="block">{buyer.name || buyer.email}</bdi>
          {buyer.name && <bdi className="block text-ink-soft wrap-anywhere">{buyer.email}</bdi>}
        </Fact>
        <Fact name="Issued">
          <When at={issued_at} dateOnly />
        </Fact>
        <Fact name="Period">
          <Period period={period} />
        </Fact>
      </dl>
      <Lines invoice={invoice} />
      <p className="mt-5 flex justify-between gap-4 text-xl font-bold">
        <span>Total</span>
        <Money minor={amount_minor} currency={currency} />
      </p>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lines({ invoice: { lines, currency } }: { invoice: Invoice }) {
  return (
    <table className="mt-8 w-full border-separate border-spacing-0">
      <thead>
        <tr className="text-sm text-ink-faint">
          {COLUMNS.map(({ title, wide }) => (
            <th key={title} scope="col" className={`${CELL} font-semibold ${wide ? WIDE_ONLY : ""}`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.description}>
            <th scope="row" className={`${CELL} font-normal`}>
              <InvoiceText of={line.description} />
              <span className="block text-sm text-ink-soft sm:hidden print:hidden">
                {line.quantity} × <Money minor={line.unit_amount_minor} currency={currency} />
              </span>
            </th>
            <td className={`${CELL} ${WIDE_ONLY}`}>{line.quantity}</td>
            <td className={`${CELL} ${WIDE_ONLY}`}>
              <Money minor={line.unit_amount_minor} currency={currency} />
            </td>
            <td className={CELL}>
              <Money minor={line.amount_minor} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A line's description, with its days as the reader writes them. */
export function InvoiceText({ of }: { of: string }) {
  return <span suppressHydrationWarning>{withDays(of, useContext(PreferencesContext))}</span>;
}
