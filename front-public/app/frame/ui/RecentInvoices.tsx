import type { Part } from "@dashboard/front/api/problem.ts";
import type { Invoice, Page } from "@dashboard/front/api/types.ts";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

export function RecentInvoices({ invoices }: { invoices: Part<Page<Invoice>> }) {
  return (
    <Card title="Recent invoices" aside={<TextLink to="/app/billing#invoices">See all</TextLink>}>
      {!invoices.ok && <Unavailable what="Your invoices" problem={invoices.problem} />}
      {invoices.ok && invoices.data.items.length === 0 && (
        <p className="text-ink-soft">None yet. Your first invoice appears here after the next billing run.</p>
      )}
      {invoices.ok && (
        <ul className="rows">
          {invoices.data.items.map((invoice) => (
            <InvoiceLine key={invoice.id} invoice={invoice} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function InvoiceLine({ invoice: { id, number, period, issued_at, amount_minor, currency } }: { invoice: Invoice }) {
  return (
    <li className="flex items-baseline justify-between gap-4">
      <span className="min-w-0">
        <strong>
          <Period period={period} />
        </strong>
        <span className="flex flex-wrap gap-x-2.5 text-sm text-ink-faint">
          <TextLink to={`/app/billing/invoices/${id}`} aria-label={`Open invoice ${number}`}>
            {number}
          </TextLink>
          <When at={issued_at} dateOnly />
        </span>
      </span>
      <strong className="font-display text-lg">
        <Money minor={amount_minor} currency={currency} />
      </strong>
    </li>
  );
}
