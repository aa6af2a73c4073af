import type { Invoice } from "@dashboard/front/api/types.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { InvoiceMark } from "@dashboard/front/ui/invoice-mark.tsx";
import { InvoiceText } from "@dashboard/front/ui/invoice-sheet.tsx";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import ChevronDown from "lucide/dist/esm/icons/chevron-down.mjs";

export function InvoiceList({ invoices }: { invoices: Invoice[] }) {
  return (
    <ul className="rows">
      {invoices.map((invoice) => (
        <li key={invoice.id} className="invoice">
          <InvoiceRow invoice={invoice} />
        </li>
      ))}
    </ul>
  );
}

function InvoiceRow({ invoice }: { invoice: Invoice }) {
  const { id, number, period, plan, amount_minor, currency, state, issued_at, lines } = invoice;
  return (
    <details className="group">
      <summary className="flex list-none items-center gap-3 sm:gap-4">
        <span className="min-w-0 flex-1">
          <strong>
            <Period period={period} />
          </strong>{" "}
          <span className="text-ink-soft capitalize">· {plan}</span>
          <span className="flex flex-wrap gap-x-2.5 text-sm text-ink-faint">
            <span>{number}</span>
            <When at={issued_at} dateOnly />
          </span>
        </span>
        <span className="flex flex-col items-end gap-1 sm:flex-row-reverse sm:items-center sm:gap-4">
          <strong className="font-display text-lg">
            <Money minor={amount_minor} currency={currency} />
          </strong>
          <InvoiceMark state={state} />
        </span>
        <Icon
          of={ChevronDown}
          size={18}
          className="shrink-0 text-ink-faint transition-transform group-open:rotate-180"
        />
      </summary>
      <ul className="mt-3 grid gap-1 rounded-control bg-sunken px-4 py-3 text-sm">
        {lines.map((line) => (
          <li key={line.description} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {line.quantity} × <InvoiceText of={line.description} />
            </span>
            <span className="ml-auto">
              <Money minor={line.amount_minor} currency={currency} />
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 px-4 text-sm">
        <TextLink to={`/app/billing/invoices/${id}`}>Open invoice {number}</TextLink>
      </p>
    </details>
  );
}
