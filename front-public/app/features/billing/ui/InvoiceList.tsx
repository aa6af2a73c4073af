import type { Invoice } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { ChevronDown } from "@dashboard/front/ui/icons.ts";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

const TONES: Record<Invoice["state"], BadgeTone> = { issued: "neutral", paid: "good", failed: "bad" };

export function InvoiceList({ invoices }: { invoices: Invoice[] }) {
  return (
    <ul className="grid">
      {invoices.map((invoice) => (
        <li key={invoice.id} className="invoice border-t border-line py-4 first:border-0 first:pt-0">
          <InvoiceRow invoice={invoice} />
        </li>
      ))}
    </ul>
  );
}

function InvoiceRow({ invoice }: { invoice: Invoice }) {
  const { number, period, plan, amount_minor, currency, state, issued_at, lines } = invoice;
  return (
    <details className="group">
      <summary className="list-none grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 sm:grid-cols-[1fr_auto_auto]">
        <span>
          <strong>
            <Period period={period} />
          </strong>{" "}
          <span className="text-ink-soft capitalize">· {plan}</span>
        </span>
        <strong className="font-display text-lg">
          <Money minor={amount_minor} currency={currency} />
        </strong>
        <Badge tone={TONES[state]}>{state}</Badge>
        <span className="text-sm text-ink-faint sm:col-span-3">
          No. {number} · <When at={issued_at} />
          <Icon of={ChevronDown} size={16} className="ml-2 inline transition-transform group-open:rotate-180" />
        </span>
      </summary>
      <ul className="mt-3 grid gap-1 rounded-control bg-sunken p-4">
        {lines.map((line) => (
          <li key={line.description} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {line.quantity} × {line.description}
            </span>
            <Money minor={line.amount_minor} currency={currency} />
          </li>
        ))}
      </ul>
    </details>
  );
}
