import type { Plan, Subscription } from "@dashboard/front/api/types.ts";
import { Money } from "@dashboard/front/ui/money.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { totalOf } from "../../features/billing/terms.ts";

/** The day of the next invoice and, while the plans can be read, its amount; nothing for what costs nothing. */
export function NextInvoice({ subscription, plans }: { subscription: Subscription; plans: Plan[] }) {
  if (!subscription.next_due_on) return null;
  const amount = totalOf(
    plans.find(({ id }) => id === subscription.plan),
    subscription,
  );
  return (
    <dl className="next-invoice mt-4 flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line pt-4">
      <dt className="text-ink-soft">
        Next invoice on <When at={subscription.next_due_on} dateOnly />
      </dt>
      {amount !== null && (
        <dd className="font-display text-2xl font-semibold">
          <Money minor={amount} currency={subscription.currency} />
        </dd>
      )}
    </dl>
  );
}
