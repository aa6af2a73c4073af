import type { Invoice } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import ChevronDown from "lucide/dist/esm/icons/chevron-down.mjs";

const STATES: Record<Invoice["state"], string> = { issued: "Issued", paid: "Paid", failed: "Failed" };
const TONES: Record<Invoice["state"], BadgeTone> = { issued: "neutral", paid: "good", failed: "bad" };

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
  const { number, period, plan, amount_minor, currency, state, issued_at, lines } = invoice;
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
          <Badge tone={TONES[state]}>{STATES[state]}</Badge>
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
              {line.quantity} × {line.description}
            </span>
            <span className="ml-auto">
              <Money minor={line.amount_minor} currency={currency} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
